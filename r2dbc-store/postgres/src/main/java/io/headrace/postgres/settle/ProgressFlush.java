package io.headrace.postgres.settle;

import io.headrace.JobProgress;
import io.headrace.spi.ProgressNote;
import io.r2dbc.spi.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What jobs say of their progress, in the form of {@code note.sql}. */
final class ProgressFlush {

    /** The parameters of {@code note.sql}, by position. */
    private static final int WORKER = 0;

    private static final int SAID_LEASES = 1;
    private static final int SAID_JOBS = 2;
    private static final int SAID_PERCENTS = 3;
    private static final int SAID_MESSAGES = 4;
    private static final int OVER_LEASES = 5;
    private static final int OVER_JOBS = 6;

    private final List<Long> saidLeases = new ArrayList<>();
    private final List<Long> saidJobs = new ArrayList<>();
    private final List<Short> percents = new ArrayList<>();
    private final List<@Nullable String> messages = new ArrayList<>();
    private final List<Long> overLeases = new ArrayList<>();
    private final List<Long> overJobs = new ArrayList<>();

    ProgressFlush(List<ProgressNote> notes) {
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
                .bind(WORKER, worker)
                .bind(SAID_LEASES, saidLeases.toArray(Long[]::new))
                .bind(SAID_JOBS, saidJobs.toArray(Long[]::new))
                .bind(SAID_PERCENTS, percents.toArray(Short[]::new))
                .bind(SAID_MESSAGES, messages.toArray(String[]::new))
                .bind(OVER_LEASES, overLeases.toArray(Long[]::new))
                .bind(OVER_JOBS, overJobs.toArray(Long[]::new));
    }
}
