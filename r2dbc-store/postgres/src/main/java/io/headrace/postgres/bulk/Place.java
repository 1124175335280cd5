package io.headrace.postgres.bulk;

import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;

/**
 * How far an operation has come.
 *
 * @param job of failed jobs, the last one; of waiting ones, the first job of the last set
 * @param queue with the rest, of waiting jobs: a place in the order in which sets wait
 */
record Place(long job, String queue, int priority, Instant runAt) {

    /** Before all, as {@code start.sql} has it. */
    static final Place START = new Place(-1, "", -1, Instant.parse("2000-01-01T00:00:00Z"));

    Place withJob(long other) {
        return new Place(other, queue, priority, runAt);
    }

    static Place of(Readable row) {
        return new Place(
                Columns.number(row, "cursor"),
                Columns.text(row, "at_queue"),
                Columns.integer(row, "at_priority"),
                Columns.time(row, "at_run_at"));
    }

    /** Binds queue, priority, time and job. */
    Parameters bind(Parameters parameters) {
        return parameters.value(queue).value(priority).value(runAt).value(job);
    }
}
