package io.headrace.engine.guard;

import io.headrace.spi.FailureTrace;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the errors that were recorded last are recorded as, so that it is not written out and hashed again for each of
 * thousands that fail alike. At most 256 with short stacks. Thread-safe.
 */
final class KnownErrors {

    private static final int MOST = 256;
    private static final int MOST_FRAMES = 400;

    private final Map<ErrorParts, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ErrorParts, Known> eldest) {
            return size() > MOST;
        }
    };

    /** @param fingerprint {@code null} if it depends on the message */
    record Known(FailureTrace trace, @Nullable String fingerprint) {}

    Known find(ErrorParts error, Function<ErrorParts, Known> write) {
        synchronized (known) {
            Known found = known.get(error);
            if (found != null) {
                return found;
            }
        }
        Known written = write.apply(error);
        if (error.size() <= MOST_FRAMES) {
            synchronized (known) {
                known.put(error, written);
            }
        }
        return written;
    }
}
