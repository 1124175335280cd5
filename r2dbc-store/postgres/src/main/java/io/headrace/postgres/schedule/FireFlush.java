package io.headrace.postgres.schedule;

import io.headrace.JobId;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule.Waiting;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Firings in the form of {@code fire.sql}, and its answer read back. */
final class FireFlush {

    private final List<Firing> firings;
    private final long by;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A shot of a firing.
     *
     * @param firing the number of the firing, from 1
     * @param jobNumber which of the jobs its own is, from 0; {@code null} if it has none
     */
    private record Entry(int firing, Shot shot, @Nullable Integer jobNumber) {}

    FireFlush(List<Firing> firings, long by) {
        this.firings = firings;
        this.by = by;
        int jobs = 0;
        for (int nr = 1; nr <= firings.size(); nr++) {
            Set<Instant> instants = new HashSet<>();
            for (Shot shot : firings.get(nr - 1).shots()) {
                // PostgreSQL records no row twice in one statement.
                if (instants.add(shot.at())) {
                    entries.add(new Entry(nr, shot, shot.job() == null ? null : jobs++));
                }
            }
        }
    }

    Statement bind(Statement statement) {
        Parameters parameters = new Parameters(statement)
                .texts(firings, Firing::name)
                .longs(firings, Firing::version)
                .moments(firings, Firing::dueAt)
                .moments(firings, Firing::nextAt)
                .moments(firings, each -> waiting(each, Waiting::at))
                .texts(firings, each -> waiting(each, waiting -> waiting.cause().name()))
                .longs(firings, Firing::passedOver)
                .integers(entries, Entry::firing);
        List<Shot> shots = entries.stream().map(Entry::shot).toList();
        return parameters
                .moments(shots, Shot::at)
                .texts(shots, shot -> shot.cause().name())
                .texts(shots, shot -> shot.outcome().name())
                .longs(shots, Shot::passedOver)
                .texts(shots, Shot::problem)
                .integers(entries, Entry::jobNumber)
                .texts(shots, shot -> job(shot, ShotJob::queue))
                .texts(shots, shot -> job(shot, ShotJob::kind))
                .shorts(shots, shot -> job(shot, ShotJob::priority))
                .texts(shots, shot -> job(shot, ShotJob::payload))
                .texts(shots, shot -> job(shot, ShotJob::headers))
                .shorts(shots, shot -> job(shot, ShotJob::maxAttempts))
                .texts(shots, shot -> job(shot, ShotJob::uniqueKey))
                .value(by)
                .statement();
    }

    private static <V> @Nullable V waiting(Firing firing, Function<Waiting, V> part) {
        return firing.waiting() == null ? null : part.apply(firing.waiting());
    }

    private static <V> @Nullable V job(Shot shot, Function<ShotJob, ? extends @Nullable V> part) {
        return shot.job() == null ? null : part.apply(shot.job());
    }

    /** From the row of a firing that took place, which names those of its shots that were recorded. */
    Fired fired(Readable row) {
        long first = Columns.number(row, "first");
        Integer[] recorded = row.get("shots", Integer[].class);
        Set<Instant> instants = new HashSet<>();
        Map<Instant, JobId> jobs = new HashMap<>();
        for (int nr : recorded == null ? new Integer[0] : recorded) {
            Entry entry = entries.get(nr - 1);
            instants.add(entry.shot().at());
            if (entry.jobNumber() != null) {
                jobs.put(entry.shot().at(), new JobId(first + entry.jobNumber()));
            }
        }
        int nr = (int) Columns.number(row, "nr");
        return new Fired(firings.get(nr - 1).name(), instants, jobs);
    }
}
