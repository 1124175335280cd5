package io.headrace.postgres.enqueue;

import io.headrace.HeadraceException;
import io.headrace.InvalidJobException;
import io.headrace.StoreException;
import io.headrace.TransactionConflictException;
import io.headrace.UniqueKeyBusyException;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** What an enqueue signals: data that PostgreSQL refuses is the job's fault, and a lock that is not to be had is a key's. */
public final class EnqueueErrors {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String SERIALIZATION_FAILURE = "40001";

    private EnqueueErrors() {}

    /** What it is if nobody has waited for a key. */
    public static HeadraceException of(Throwable error) {
        String state = SqlErrors.state(error);
        // A value that is no value, or one over a limit of PostgreSQL's: nested too deep, or over 256 MiB as jsonb.
        if (state != null && (state.startsWith("22") || state.startsWith("54"))) {
            return new InvalidJobException(
                    "payload", "was rejected by PostgreSQL (SQLSTATE " + state + "): " + error.getMessage(), error);
        }
        return SqlErrors.of(error);
    }

    /** The same, where nobody waited for a key for longer than that. */
    static HeadraceException of(Throwable error, List<EncodedJob> jobs, Duration keyPatience) {
        HeadraceException known = of(error);
        if (known instanceof StoreException e && LOCK_NOT_AVAILABLE.equals(e.sqlState())) {
            List<String> keys = keys(jobs);
            return keys.isEmpty() ? known : new UniqueKeyBusyException(keys, keyPatience, e);
        }
        return known;
    }

    /** The same, in a transaction of the caller's, whose isolation level is the caller's as well. */
    static HeadraceException inTransaction(Throwable error, List<EncodedJob> jobs) {
        HeadraceException known = of(error);
        return known instanceof StoreException e && SERIALIZATION_FAILURE.equals(e.sqlState())
                ? new TransactionConflictException(keys(jobs), e)
                : known;
    }

    private static List<String> keys(List<EncodedJob> jobs) {
        return jobs.stream().map(EncodedJob::key).filter(Objects::nonNull).toList();
    }
}
