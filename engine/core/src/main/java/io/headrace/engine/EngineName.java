package io.headrace.engine;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** The name of an engine in the store, for people. */
final class EngineName {

    private EngineName() {}

    /**
     * The name that was set, or that of the host.
     *
     * @throws InvalidSettingException if it is empty or too long, or has control characters
     */
    static String of(@Nullable String set) {
        String text = set == null ? hostName() : set;
        if (text.isBlank() || text.length() > JobConstraints.NAME_CHARACTERS) {
            throw new InvalidSettingException(
                    "name", "must have 1 to " + JobConstraints.NAME_CHARACTERS + " characters: '" + text + "'");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingException("name", "must not contain control characters");
        }
        return text;
    }

    private static String hostName() {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            return host.length() > JobConstraints.NAME_CHARACTERS
                    ? host.substring(0, JobConstraints.NAME_CHARACTERS)
                    : host;
        } catch (UnknownHostException e) {
            return "unknown host";
        }
    }
}
