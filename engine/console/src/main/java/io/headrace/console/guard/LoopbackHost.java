package io.headrace.console.guard;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of this machine. A page of another site whose name was made to point to this machine (DNS rebinding) sends that name
 * in the header {@code Host}.
 */
final class LoopbackHost {

    private static final Pattern NAME =
            Pattern.compile("(?:localhost|[a-z0-9-]+\\.localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d{1,5})?");

    private LoopbackHost() {}

    static boolean accepts(@Nullable String host) {
        return host != null && NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }
}
