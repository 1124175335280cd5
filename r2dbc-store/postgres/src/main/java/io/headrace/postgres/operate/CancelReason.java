package io.headrace.postgres.operate;

import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Verdict;
import java.util.Objects;

/** What is recorded of a job that people cancel. */
public final class CancelReason {

    private static final Verdict.Failure REASON =
            Verdict.Failure.ofType(Verdict.Failure.CANCELLED, "cancelled by request");

    private CancelReason() {}

    /** Binds type, message and fingerprint. */
    public static Parameters bind(Parameters parameters) {
        return parameters
                .value(REASON.type())
                .value(Objects.requireNonNull(REASON.message()))
                .value(Fingerprint.number(REASON.fingerprint()));
    }
}
