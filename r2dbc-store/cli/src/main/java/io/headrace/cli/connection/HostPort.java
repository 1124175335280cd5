package io.headrace.cli.connection;

import io.headrace.cli.end.RefusedException;

/**
 * A host and a port.
 *
 * @param host the name or address; an IPv6 address without its brackets
 * @param port 0 if there is none
 */
record HostPort(String host, int port) {

    static HostPort of(String text) {
        int bracket = text.indexOf(']');
        int colon = text.indexOf(':', Math.max(0, bracket));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new HostPort(host, colon < 0 ? 0 : port(text.substring(colon + 1)));
    }

    static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RefusedException.wrongArguments("'" + text + "' is not a port: use 1 to 65535");
    }
}
