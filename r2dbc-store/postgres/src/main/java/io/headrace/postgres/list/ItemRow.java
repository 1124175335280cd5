package io.headrace.postgres.list;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.operate.JobItem;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns that a statement has for a job of the list. */
final class ItemRow {

    private final Readable row;
    private final JobState state;
    private @Nullable Instant runAt;
    private @Nullable Instant endedAt;
    private @Nullable String worker;
    private @Nullable String errorType;
    private @Nullable String message;

    ItemRow(Readable row, JobState state) {
        this.row = row;
        this.state = state;
    }

    ItemRow runAt(String column) {
        runAt = row.get(column, Instant.class);
        return this;
    }

    ItemRow endedAt(String column) {
        endedAt = row.get(column, Instant.class);
        return this;
    }

    ItemRow worker() {
        Long id = row.get("worker", Long.class);
        worker = id == null ? null : new WorkerId(id).toString();
        return this;
    }

    ItemRow error() {
        errorType = row.get("error_type", String.class);
        message = row.get("message", String.class);
        return this;
    }

    JobItem item() {
        return new JobItem(
                new JobId(Columns.number(row, "job")),
                state,
                Columns.text(row, "queue"),
                Columns.text(row, "kind"),
                Columns.integer(row, "priority"),
                Columns.integer(row, "attempt"),
                runAt,
                endedAt,
                row.get("unique_key", String.class),
                errorType,
                message,
                worker);
    }
}
