package io.headrace.postgres;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Up to a block of jobs, in the form of {@code enqueue.sql}: sorted into groups, each of which becomes one pending set. */
final class EnqueueBatch {

    private final List<EncodedJob> jobs;
    private final long by;
    private final @Nullable Duration keyPatience;
    private final Map<Group, List<Integer>> groups = new LinkedHashMap<>();
    private final boolean keyed;

    private record Group(
            String queue,
            String kind,
            int priority,
            Duration delay,
            @Nullable Instant runAt) {

        static Group of(EncodedJob job) {
            return new Group(job.queue(), job.kind(), job.priority(), job.delay(), job.runAt());
        }

        boolean takes(EncodedJob job) {
            return kind.equals(job.kind())
                    && queue.equals(job.queue())
                    && priority == job.priority()
                    && delay.equals(job.delay())
                    && Objects.equals(runAt, job.runAt());
        }
    }

    /** @param keyPatience how long to wait for a unique key that is busy; {@code null} for as long as it takes */
    EnqueueBatch(List<EncodedJob> jobs, long by, @Nullable Duration keyPatience) {
        this.jobs = jobs;
        this.by = by;
        this.keyPatience = keyPatience;
        boolean anyKey = false;
        Group group = null;
        List<Integer> members = List.of();
        for (int i = 0; i < jobs.size(); i++) {
            EncodedJob job = jobs.get(i);
            // Most jobs stand behind one of their own group.
            if (group == null || !group.takes(job)) {
                group = Group.of(job);
                members = groups.computeIfAbsent(group, key -> new ArrayList<>());
            }
            members.add(i);
            anyKey |= job.uniqueKey() != null;
        }
        this.keyed = anyKey;
    }

    /** Whether any of the jobs has a unique key, which takes another statement. */
    boolean isKeyed() {
        return keyed;
    }

    Statement bind(Statement statement) {
        int groupCount = groups.size();
        String[] queues = new String[groupCount];
        String[] kinds = new String[groupCount];
        Short[] priorities = new Short[groupCount];
        Long[] delays = new Long[groupCount];
        String[] runAts = new String[groupCount];
        Integer[] sizes = new Integer[groupCount];
        Integer[] numbers = new Integer[jobs.size()];
        String[] payloads = new String[jobs.size()];
        String[] headers = new String[jobs.size()];
        Short[] maxAttempts = new Short[jobs.size()];
        String[] keys = new String[jobs.size()];
        int nr = 0;
        int at = 0;
        for (Map.Entry<Group, List<Integer>> entry : groups.entrySet()) {
            Group group = entry.getKey();
            queues[nr] = group.queue();
            kinds[nr] = group.kind();
            priorities[nr] = (short) group.priority();
            delays[nr] = group.delay().toNanos() / 1_000;
            runAts[nr] = group.runAt() == null ? null : group.runAt().toString();
            sizes[nr] = entry.getValue().size();
            nr++;
            for (int index : entry.getValue()) {
                EncodedJob job = jobs.get(index);
                numbers[at] = nr;
                payloads[at] = job.payload();
                headers[at] = job.headers();
                maxAttempts[at] =
                        job.maxAttempts() == null ? null : job.maxAttempts().shortValue();
                keys[at] = job.uniqueKey();
                at++;
            }
        }
        Statement bound = statement
                .bind(0, queues)
                .bind(1, kinds)
                .bind(2, priorities)
                .bind(3, delays)
                .bind(4, runAts)
                .bind(5, sizes)
                .bind(6, numbers)
                .bind(7, payloads)
                .bind(8, headers)
                .bind(9, maxAttempts)
                .bind(10, by);
        if (!keyed) {
            return bound;
        }
        Statement withKeys = bound.bind(11, keys);
        return keyPatience == null
                ? withKeys.bindNull(12, String.class)
                : withKeys.bind(12, keyPatience.toMillis() + "ms");
    }

    /** From the first id of the block to the answers in the order of the jobs. */
    List<Enqueued> answers(long first) {
        Enqueued[] answers = new Enqueued[jobs.size()];
        long id = first;
        for (List<Integer> group : groups.values()) {
            for (int index : group) {
                answers[index] = new Enqueued(new JobId(id++), true);
            }
        }
        return Arrays.asList(answers);
    }

    /** From the first id of the block and a lease for each group, or none, to the jobs as they were claimed. */
    EnqueuedClaim claimed(Readable row) {
        List<Enqueued> answers = answers(Columns.number(row, "first"));
        Long[] leases = Objects.requireNonNull(row.get("leases", Long[].class));
        if (leases.length == 0) {
            return new EnqueuedClaim(answers, List.of());
        }
        List<ClaimedJob> claimed = new ArrayList<>(jobs.size());
        int nr = 0;
        for (List<Integer> group : groups.values()) {
            for (int index : group) {
                claimed.add(jobs.get(index)
                        .claimed(leases[nr], answers.get(index).id().value()));
            }
            nr++;
        }
        return new EnqueuedClaim(answers, claimed);
    }

    /** From a row for each job, group by group, to the answers in the order of the jobs. */
    List<Enqueued> answers(List<Enqueued> byGroup) {
        Enqueued[] answers = new Enqueued[jobs.size()];
        int at = 0;
        for (List<Integer> group : groups.values()) {
            for (int index : group) {
                answers[index] = byGroup.get(at++);
            }
        }
        return Arrays.asList(answers);
    }

    static Enqueued answer(Readable row) {
        return new Enqueued(new JobId(Columns.number(row, "job")), Columns.flag(row, "created"));
    }
}
