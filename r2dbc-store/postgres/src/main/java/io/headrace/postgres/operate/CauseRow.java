package io.headrace.postgres.operate;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.operate.FailureCause;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.Fingerprint;
import io.r2dbc.spi.Readable;
import java.util.Objects;
import java.util.Set;

/** Reads rows of {@code failure_causes.sql}. */
final class CauseRow {

    private CauseRow() {}

    static FailureCause of(Readable row) {
        AttemptFailure failure = JobRows.failure(Columns.text(row, "failure"));
        return new FailureCause(
                Fingerprint.text(Columns.number(row, "fingerprint")),
                failure.errorType(),
                row.get("frame", String.class),
                failure.message(),
                Columns.number(row, "jobs"),
                Columns.flag(row, "at_least"),
                Set.of(Objects.requireNonNull(row.get("kinds", String[].class))),
                Set.of(Objects.requireNonNull(row.get("queues", String[].class))),
                Columns.time(row, "first_seen"),
                Columns.time(row, "last_seen"),
                failure.engineVersion(),
                new JobId(Columns.number(row, "latest")));
    }
}
