package io.headrace.postgres.signal;

import io.headrace.postgres.sql.Columns;
import io.headrace.signal.SignalAnswer;
import io.headrace.signal.SignalIsolationException;
import io.r2dbc.spi.Readable;

/** What {@code send.sql} answers: whether the signal is new, or the isolation level in which it cannot be sent. */
record SentRow(String said, long due) {

    private static final String CREATED = "CREATED";
    private static final String KNOWN = "KNOWN";

    static SentRow of(Readable row) {
        return new SentRow(Columns.text(row, "answer"), Columns.number(row, "due"));
    }

    /** @throws SignalIsolationException if nothing was sent */
    SignalAnswer answer() {
        return switch (said) {
            case CREATED -> new SignalAnswer(true, due);
            case KNOWN -> new SignalAnswer(false, due);
            default -> throw new SignalIsolationException(said);
        };
    }
}
