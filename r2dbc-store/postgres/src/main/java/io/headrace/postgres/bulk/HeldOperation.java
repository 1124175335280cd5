package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation whose row this transaction has locked.
 *
 * @param before jobs from this id on were enqueued after it was started
 * @param nextIds the next of the jobs that are named; {@code null} if none are
 */
record HeldOperation(
        BulkOperation operation,
        long before,
        Place at,
        int pass,
        @Nullable List<JobId> nextIds) {

    static HeldOperation of(Readable row) {
        Long[] next = row.get("next_jobs", Long[].class);
        return new HeldOperation(
                OperationRow.operation(row),
                Columns.number(row, "before"),
                Place.of(row),
                Columns.integer(row, "pass"),
                next == null ? null : Stream.of(next).map(JobId::new).toList());
    }

    long id() {
        return Long.parseLong(operation.id());
    }

    boolean isAskedToStop() {
        return operation.state() == BulkState.STOPPING;
    }

    /** Those of its jobs that the next chunk is about. */
    FailedJobs next(FailedJobs which) {
        return nextIds == null ? which : FailedJobs.byId(nextIds);
    }
}
