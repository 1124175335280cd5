package io.headrace.console.guard;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Tells whether a request was sent by a program on this machine, to this machine. It looks at the connection itself and at the
 * headers as they arrived: applications may be configured to replace the remote address by what a header says, and anybody can
 * send that header.
 */
final class Peer {

    /** What proxies add. A request with any of them was sent by somebody else. */
    private static final List<String> FORWARDED = List.of(
            "Forwarded",
            "Via",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Real-IP");

    private Peer() {}

    /** Returns why a request does not count as local; {@code null} if it does. */
    static @Nullable String notLocal(ServerRequest request) {
        HttpServerRequest received = received(request.exchange().getRequest());
        if (received == null) {
            return "only on Reactor Netty can the console see whether this machine sent it";
        }
        if (!isLoopback(received.connectionRemoteAddress())) {
            return "it was sent by another machine";
        }
        HttpHeaders headers = received.requestHeaders();
        String header = FORWARDED.stream().filter(headers::contains).findFirst().orElse(null);
        if (header != null) {
            return "it came through a proxy (it has the header " + header + ")";
        }
        if ("cross-site".equals(headers.get("Sec-Fetch-Site")) && !"navigate".equals(headers.get("Sec-Fetch-Mode"))) {
            return "a page of another site sent it";
        }
        if (received.version().equals(HttpVersion.HTTP_1_0)) {
            return "it came through a proxy (it is HTTP/1.0)";
        }
        String host = headers.get("Host");
        return LoopbackHost.accepts(host) ? null : "its header Host names another machine: " + host;
    }

    static boolean isLoopback(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet
                && !internet.isUnresolved()
                && internet.getAddress().isLoopbackAddress();
    }

    private static @Nullable HttpServerRequest received(ServerHttpRequest request) {
        ServerHttpRequest inner = request;
        while (inner instanceof ServerHttpRequestDecorator decorator) {
            inner = decorator.getDelegate();
        }
        return inner instanceof AbstractServerHttpRequest own
                        && own.getNativeRequest() instanceof HttpServerRequest netty
                ? netty
                : null;
    }
}
