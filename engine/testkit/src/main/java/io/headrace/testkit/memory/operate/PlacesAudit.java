package io.headrace.testkit.memory.operate;

import io.headrace.AuditReport;
import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Signals;
import io.headrace.testkit.memory.places.StoredJob;
import io.headrace.testkit.memory.places.UniqueKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the conservation law by counting what stands in each place, trusting neither the jobs' own word nor that a move
 * was made whole. Guarded by the store's lock.
 */
final class PlacesAudit {

    private final JobPlaces places;
    private final Map<Long, Integer> timesSeen = new HashMap<>();
    private final Map<What, NavigableSet<Long>> wrong = new EnumMap<>(What.class);

    private PlacesAudit(JobPlaces places) {
        this.places = places;
    }

    /** @param others what else was found */
    static AuditReport of(JobPlaces places, List<Finding> others) {
        return new PlacesAudit(places).report(others);
    }

    private AuditReport report(List<Finding> others) {
        long pending = count(
                places.pending().values().stream().flatMap(Set::stream).mapToLong(StoredJob::id), JobState.PENDING);
        long leased = count(
                places.leases().values().stream()
                        .flatMap(lease -> lease.jobs().keySet().stream())
                        .mapToLong(Long::longValue),
                JobState.LEASED);
        long completed = count(places.completed().keySet().stream().mapToLong(Long::longValue), JobState.COMPLETED);
        long tombstones = count(
                places.tombstones().stream().mapToLong(Long::longValue),
                JobState.FAILED,
                JobState.CANCELLED,
                JobState.DISCARDED);
        long pruned = count(
                places.pruned().stream().mapToLong(Long::longValue),
                JobState.FAILED,
                JobState.CANCELLED,
                JobState.DISCARDED);
        places.jobs().keySet().stream().filter(id -> !timesSeen.containsKey(id)).forEach(id -> note(What.NOWHERE, id));
        places.keys().holders().forEach(this::checkKey);
        places.jobs().values().forEach(this::checkKeyOf);
        places.signals()
                .waits()
                .forEach((wait, waited) -> checkWait(wait, waited, places.jobs().get(wait.job())));
        return new AuditReport(places.jobs().size(), pending, leased, completed, tombstones, pruned, findings(others));
    }

    private long count(LongStream ids, JobState... allowed) {
        long[] standing = ids.toArray();
        for (long id : standing) {
            see(id, Set.of(allowed));
        }
        return standing.length;
    }

    private void see(long id, Set<JobState> allowed) {
        StoredJob job = places.jobs().get(id);
        if (timesSeen.merge(id, 1, Integer::sum) == 2) {
            note(What.TWICE, id);
        } else if (job == null) {
            note(What.WITHOUT_JOB, id);
        } else if (!allowed.contains(job.state())) {
            // It stands in one place and says that it is in another.
            note(What.TWICE, id);
        }
    }

    private void checkKey(UniqueKey key, long id) {
        if (!mayHold(places.jobs().get(id), key) && !places.keys().isLeftBehind(key)) {
            note(What.KEY_NOT_RELEASED, id);
        }
    }

    private void checkKeyOf(StoredJob job) {
        UniqueKey key = job.uniqueKey();
        if (key != null
                && mayHold(job, key)
                && !Objects.equals(places.keys().holders().get(key), job.id())) {
            note(What.KEY_LOST, job.id());
        }
    }

    private void checkWait(Signals.Wait wait, Signals.Waited waited, @Nullable StoredJob job) {
        if (job != null
                && Signals.isOpen(waited, job)
                && places.signals().sent().containsKey(wait.key())) {
            note(What.SIGNAL_MISSED, wait.job());
        }
    }

    private boolean mayHold(@Nullable StoredJob job, UniqueKey key) {
        return job != null
                && key.equals(job.uniqueKey())
                && !places.pruned().contains(job.id())
                && (job.state().isLive() || job.state() == JobState.FAILED);
    }

    private void note(What what, long id) {
        wrong.computeIfAbsent(what, any -> new TreeSet<>()).add(id);
    }

    private List<Finding> findings(List<Finding> others) {
        List<Finding> findings = new ArrayList<>();
        wrong.forEach((what, ids) -> findings.add(new Finding(what, ids.size(), new JobId(ids.first()))));
        findings.addAll(others);
        return findings;
    }
}
