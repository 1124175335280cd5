package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a store says of a signal to a job that asks.
 *
 * @param state whether it has come
 * @param value its value as JSON; {@code null} if it has none or has not come
 * @param headers its metadata as a JSON object of strings; {@code null} if it has none or has not come
 */
public record SignalReading(
        State state, @Nullable String value, @Nullable String headers) {

    /** The signal has not come, and no timeout was reached. */
    public static final SignalReading NONE = new SignalReading(State.NONE, null, null);

    /** The job has waited in vain. */
    public static final SignalReading TIMED_OUT = new SignalReading(State.TIMED_OUT, null, null);

    /** Whether a signal has come. */
    public enum State {
        /** Not yet. */
        NONE,
        /** It has come. The same job is told so from now on. */
        SIGNALLED,
        /** The job has waited until its timeout. The same job is told so until it waits for this key again. */
        TIMED_OUT
    }
}
