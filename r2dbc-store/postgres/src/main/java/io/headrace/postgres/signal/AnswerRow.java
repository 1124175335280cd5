package io.headrace.postgres.signal;

import io.headrace.spi.SignalReading;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;

/** A row of {@code read.sql}. */
record AnswerRow(
        @Nullable String outcome,
        @Nullable String value,
        @Nullable String headers) {

    private static final String UNSEEN = "UNSEEN";

    static AnswerRow of(Readable row) {
        return new AnswerRow(
                row.get("outcome", String.class), row.get("value", String.class), row.get("headers", String.class));
    }

    /** Whether the signal has come, but with a value that the statement does not see. */
    boolean isUnseen() {
        return UNSEEN.equals(outcome);
    }

    SignalReading reading() {
        if (outcome == null) {
            return SignalReading.NONE;
        }
        return switch (SignalReading.State.valueOf(outcome)) {
            case NONE -> SignalReading.NONE;
            case TIMED_OUT -> SignalReading.TIMED_OUT;
            case SIGNALLED -> new SignalReading(SignalReading.State.SIGNALLED, value, headers);
        };
    }
}
