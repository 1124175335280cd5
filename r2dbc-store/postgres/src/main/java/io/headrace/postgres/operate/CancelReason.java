package io.headrace.postgres.operate;

import io.headrace.spi.Fingerprint;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Statement;
import java.util.Objects;

/** What is recorded of a job that people cancel. */
public final class CancelReason {

    private static final Verdict.Failure REASON =
            Verdict.Failure.ofType(Verdict.Failure.CANCELLED, "cancelled by request");

    private CancelReason() {}

    /** Binds type, message and fingerprint. */
    public static Statement bind(Statement statement, int from) {
        return statement
                .bind(from, REASON.type())
                .bind(from + 1, Objects.requireNonNull(REASON.message()))
                .bind(from + 2, Fingerprint.number(REASON.fingerprint()));
    }
}
