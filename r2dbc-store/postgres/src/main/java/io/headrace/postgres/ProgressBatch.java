package io.headrace.postgres;

import io.headrace.JobProgress;
import io.headrace.spi.ProgressNote;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What jobs say of their progress, in the form of {@code note.sql}. */
final class ProgressBatch {

    private final List<Long> saidLeases = new ArrayList<>();
    private final List<Long> saidJobs = new ArrayList<>();
    private final List<Short> percents = new ArrayList<>();
    private final List<@Nullable String> messages = new ArrayList<>();
    private final List<Long> overLeases = new ArrayList<>();
    private final List<Long> overJobs = new ArrayList<>();

    ProgressBatch(List<ProgressNote> notes) {
        for (ProgressNote note : notes) {
            JobProgress progress = note.progress();
            if (progress == null) {
                overLeases.add(note.lease());
                overJobs.add(note.job());
            } else {
                saidLeases.add(note.lease());
                saidJobs.add(note.job());
                percents.add((short) progress.percent());
                messages.add(progress.message());
            }
        }
    }

    Statement bind(Statement statement, long worker) {
        return statement
                .bind(0, worker)
                .bind(1, saidLeases.toArray(Long[]::new))
                .bind(2, saidJobs.toArray(Long[]::new))
                .bind(3, percents.toArray(Short[]::new))
                .bind(4, messages.toArray(String[]::new))
                .bind(5, overLeases.toArray(Long[]::new))
                .bind(6, overJobs.toArray(Long[]::new));
    }
}
