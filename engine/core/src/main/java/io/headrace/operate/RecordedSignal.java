package io.headrace.operate;

import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A signal that a job waits for, has waited for, or has read.
 *
 * @param key the key of the signal
 * @param state how the wait stands
 * @param since when the job began to wait for it, the last time; or when it read it, if it did not wait
 * @param until when the job runs without the signal; {@code null} if it did not wait
 * @param value the value of a signal that has come, as raw JSON; {@code null} if it has none, or if it may not be shown; a JSON
 *     text that says so if there is too much to show ({@link JobRecord#NOT_SHOWN})
 */
public record RecordedSignal(
        String key,
        State state,
        Instant since,
        @Nullable Instant until,
        @Nullable String value) {

    /** How a wait for a signal stands. */
    public enum State {
        /** The job waits for it. */
        WAITING,
        /** The job no longer waits, and has not yet asked whether the signal has come. */
        OPEN,
        /** It has come. */
        SIGNALLED,
        /** It has not come in time. */
        TIMED_OUT
    }

    RecordedSignal withValue(Function<String, @Nullable String> shown) {
        return value == null ? this : new RecordedSignal(key, state, since, until, shown.apply(value));
    }
}
