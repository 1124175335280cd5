package io.headrace.postgres.bulk;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.bulk.WaitingJobs;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.Fingerprint;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the columns of {@code part/operation.sql}. */
final class OperationRow {

    private OperationRow() {}

    static BulkOperation operation(Readable row) {
        long done = Columns.number(row, "done");
        long raced = Columns.number(row, "raced");
        return new BulkOperation(
                Long.toString(Columns.number(row, "id")),
                action(row),
                BulkState.valueOf(Columns.text(row, "state")),
                done + raced,
                done,
                raced,
                Columns.number(row, "pruned"),
                Columns.text(row, "started_by"),
                Columns.time(row, "started_at"),
                row.get("ended_at", Instant.class));
    }

    private static BulkAction action(Readable row) {
        String action = Columns.text(row, "action");
        return switch (action) {
            case "RETRY" -> new BulkAction.Retry(failed(row));
            case "DISCARD" -> new BulkAction.Discard(failed(row));
            case "CANCEL" ->
                new BulkAction.Cancel(new WaitingJobs(row.get("queue", String.class), row.get("kind", String.class)));
            default -> throw new IllegalStateException("A bulk operation of a newer version: " + action);
        };
    }

    private static FailedJobs failed(Readable row) {
        Long[] jobs = row.get("jobs", Long[].class);
        if (jobs != null) {
            return FailedJobs.byId(Stream.of(jobs).map(JobId::new).collect(Collectors.toUnmodifiableSet()));
        }
        Long fingerprint = row.get("fingerprint", Long.class);
        if (fingerprint != null) {
            return FailedJobs.withFingerprint(Fingerprint.text(fingerprint));
        }
        @Nullable String kind = row.get("kind", String.class);
        return kind != null
                ? FailedJobs.ofKind(kind)
                : FailedJobs.inQueue(Objects.requireNonNull(row.get("queue", String.class)));
    }
}
