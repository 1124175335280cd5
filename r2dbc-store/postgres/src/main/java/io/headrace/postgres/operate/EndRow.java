package io.headrace.postgres.operate;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.JobEnd;
import io.r2dbc.spi.Readable;

/** Reads rows of {@code ends.sql} and {@code await.sql}: how a job ended. */
public final class EndRow {

    private EndRow() {}

    /** Reads a row that has an end. */
    public static JobEnd end(Readable row) {
        String failure = row.get("failure", String.class);
        JobUpdate update = new JobUpdate(
                new JobId(Columns.number(row, "id")),
                JobState.valueOf(Columns.text(row, "state")),
                Columns.integer(row, "attempt"),
                null,
                null,
                failure == null ? null : JobRows.failure(failure));
        return new JobEnd(update, row.get("result", String.class));
    }
}
