package io.headrace.postgres.operate;

import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.JobState;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.EnginesOnQueue;
import io.headrace.spi.Suspicion;
import io.headrace.spi.WaitingJob;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import java.time.Instant;

/** Reads the row of {@code why.sql}. */
final class WhyRow {

    private final JobId id;
    private final Readable row;

    private WhyRow(JobId id, Readable row) {
        this.id = id;
        this.row = row;
    }

    static JobExplanation explanation(JobId id, Readable row) {
        return new WhyRow(id, row).explanation();
    }

    private JobExplanation explanation() {
        String place = Columns.text(row, "place");
        return switch (place) {
            case "PENDING" -> waiting();
            case "LEASED" -> JobExplanation.of(id, leased());
            case "PRUNED" ->
                JobExplanation.of(id, new JobReason.Pruned(JobState.valueOf(Columns.text(row, "pruned_state"))));
            case "COMPLETED" -> JobExplanation.of(id, new JobReason.Completed());
            case "UNKNOWN" -> JobExplanation.of(id, new JobReason.Unknown());
            default -> JobExplanation.of(id, ended(JobState.valueOf(place)));
        };
    }

    private JobExplanation waiting() {
        String failure = row.get("failure", String.class);
        return new WaitingJob(
                        Columns.text(row, "queue"),
                        Columns.text(row, "kind"),
                        Columns.integer(row, "attempt"),
                        Columns.time(row, "run_at"),
                        Columns.flag(row, "is_due"),
                        Suspicion.ofLevel(Columns.integer(row, "suspicion")),
                        failure == null ? null : JobRows.failure(failure),
                        row.get("awaits", String.class))
                .explain(id, row.get("paused_at", Instant.class), engines());
    }

    private EnginesOnQueue engines() {
        return new EnginesOnQueue(
                Columns.integer(row, "live"),
                Columns.integer(row, "able"),
                Columns.integer(row, "full_ones"),
                Columns.number(row, "leased"),
                Columns.number(row, "slots"));
    }

    private JobReason leased() {
        return new JobReason.Leased(
                new WorkerId(Columns.number(row, "worker")).toString(),
                row.get("name", String.class),
                Columns.time(row, "leased_at"),
                Columns.time(row, "deadline_at"),
                Columns.integer(row, "attempt"),
                Columns.flag(row, "silent"));
    }

    private JobReason ended(JobState state) {
        return new JobReason.Ended(
                state,
                Columns.time(row, "died_at"),
                Columns.integer(row, "attempt"),
                JobRows.failure(Columns.text(row, "failure")));
    }
}
