package io.headrace.testkit.memory.operate;

import io.headrace.JobState;
import io.headrace.JobTotals;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.QueueAndKind;
import io.headrace.testkit.memory.places.StoredJob;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what ended, by queue and kind. Guarded by the store's lock. */
final class TotalsCount {

    private final JobPlaces places;
    private final Map<QueueAndKind, Map<JobState, Long>> here = new TreeMap<>(QueueAndKind.BY_NAME);
    private final Map<QueueAndKind, Map<JobState, Long>> pruned = new TreeMap<>(QueueAndKind.BY_NAME);

    private TotalsCount(JobPlaces places) {
        this.places = places;
    }

    static List<JobTotals> of(JobPlaces places) {
        return new TotalsCount(places).count();
    }

    private List<JobTotals> count() {
        count(places.completed().keySet(), here);
        count(places.tombstones(), here);
        count(places.pruned(), pruned);
        places.forgotten().forEach((name, jobs) -> add(here, name, JobState.COMPLETED, jobs));
        pruned.keySet().forEach(name -> here.computeIfAbsent(name, any -> new EnumMap<>(JobState.class)));
        return here.keySet().stream().map(this::totals).toList();
    }

    private void count(Collection<Long> ids, Map<QueueAndKind, Map<JobState, Long>> into) {
        for (long id : ids) {
            StoredJob job = places.jobs().get(id);
            if (job != null) {
                add(into, QueueAndKind.of(job), job.state(), 1);
            }
        }
    }

    private static void add(
            Map<QueueAndKind, Map<JobState, Long>> counts, QueueAndKind name, JobState state, long jobs) {
        counts.computeIfAbsent(name, any -> new EnumMap<>(JobState.class)).merge(state, jobs, Long::sum);
    }

    private JobTotals totals(QueueAndKind name) {
        Map<JobState, Long> now = here.getOrDefault(name, Map.of());
        Map<JobState, Long> gone = pruned.getOrDefault(name, Map.of());
        return new JobTotals(
                name.queue(),
                name.kind(),
                now.getOrDefault(JobState.COMPLETED, 0L),
                now.getOrDefault(JobState.FAILED, 0L),
                now.getOrDefault(JobState.CANCELLED, 0L) + gone.getOrDefault(JobState.CANCELLED, 0L),
                now.getOrDefault(JobState.DISCARDED, 0L) + gone.getOrDefault(JobState.DISCARDED, 0L),
                gone.getOrDefault(JobState.FAILED, 0L));
    }
}
