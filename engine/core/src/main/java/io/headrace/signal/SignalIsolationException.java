package io.headrace.signal;

import io.headrace.StoreException;
import java.util.Locale;

/**
 * Thrown when a signal is sent in a transaction whose isolation level is not READ COMMITTED. Its snapshot does not show the
 * jobs that have begun to wait since, and they would miss the signal. Nothing was sent, and the transaction can go on. Use
 * READ COMMITTED, or send the signal after the commit.
 */
public final class SignalIsolationException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** @param isolation the isolation level of the transaction, as the database names it */
    public SignalIsolationException(String isolation) {
        super(
                "A signal cannot be sent in a transaction in " + isolation.toUpperCase(Locale.ROOT)
                        + ": jobs that began to wait after its snapshot would miss it. Nothing was sent: use READ"
                        + " COMMITTED, or send the signal after the commit",
                false,
                null,
                null);
    }
}
