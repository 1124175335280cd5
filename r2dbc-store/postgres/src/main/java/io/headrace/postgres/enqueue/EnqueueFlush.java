package io.headrace.postgres.enqueue;

import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.postgres.claim.KindTerms;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Up to a block of jobs, in the form of {@code enqueue.sql}: sorted into the pending sets that they become. */
final class EnqueueFlush {

    /** The parameters of {@code enqueue.sql}, by position; the other two statements have the same and more. */
    private static final int QUEUES = 0;

    private static final int SET_KINDS = 1;
    private static final int PRIORITIES = 2;
    private static final int DELAYS = 3;
    private static final int RUN_ATS = 4;
    private static final int SIZES = 5;
    private static final int SET_NUMBERS = 6;
    private static final int PAYLOADS = 7;
    private static final int HEADERS = 8;
    private static final int MAX_ATTEMPTS = 9;
    private static final int BY = 10;

    /** The further ones of {@code enqueue_keyed.sql}. */
    private static final int KEYS = 11;

    private static final int KEY_PATIENCE = 12;

    /** The further ones of {@code enqueue_and_claim.sql}. */
    static final int KINDS = 11;

    static final int FLOORS = KINDS + KindTerms.PARAMETERS;

    private final List<EncodedJob> jobs;
    private final long by;
    private final @Nullable Duration keyPatience;
    private final Map<SetKey, List<Integer>> sets = new LinkedHashMap<>();
    private final boolean keyed;
    private final boolean onTerms;

    /** @param keyPatience how long to wait for a unique key that is busy; {@code null} for as long as it takes */
    EnqueueFlush(List<EncodedJob> jobs, long by, @Nullable Duration keyPatience) {
        this.jobs = jobs;
        this.by = by;
        this.keyPatience = keyPatience;
        boolean anyKey = false;
        boolean anyTerms = false;
        SetKey set = null;
        List<Integer> members = List.of();
        for (int i = 0; i < jobs.size(); i++) {
            EncodedJob job = jobs.get(i);
            // Most jobs stand behind one of their own set.
            if (set == null || !set.takes(job)) {
                set = SetKey.of(job);
                members = sets.computeIfAbsent(set, key -> new ArrayList<>());
            }
            members.add(i);
            anyKey |= job.key() != null;
            anyTerms |= job.terms() != null;
        }
        this.keyed = anyKey;
        this.onTerms = anyTerms;
    }

    /** Whether any of the jobs has a key, which takes another statement. */
    boolean isKeyed() {
        return keyed;
    }

    /** Whether any of the jobs is enqueued on terms, which takes yet another. */
    boolean isOnTerms() {
        return onTerms;
    }

    /** Whether the jobs become one pending set, which takes a shorter statement. */
    boolean isOneSet() {
        return sets.size() == 1 && !keyed;
    }

    /** In the form of {@code enqueue_set.sql}. */
    Statement bindSet(Statement statement) {
        SetKey set = sets.keySet().iterator().next();
        return new Parameters(statement)
                .value(set.queue())
                .value(set.kind())
                .value((short) set.priority())
                .value(set.delay().toNanos() / 1_000)
                .textOrNull(set.runAt() == null ? null : set.runAt().toString())
                .value(jobs.size())
                .texts(jobs, EncodedJob::payload)
                .texts(jobs, EncodedJob::headers)
                .shorts(jobs, EncodedJob::maxAttempts)
                .value(by)
                .statement();
    }

    Statement bind(Statement statement) {
        int setCount = sets.size();
        String[] queues = new String[setCount];
        String[] kinds = new String[setCount];
        Short[] priorities = new Short[setCount];
        Long[] delays = new Long[setCount];
        String[] runAts = new String[setCount];
        Integer[] sizes = new Integer[setCount];
        Integer[] numbers = new Integer[jobs.size()];
        String[] payloads = new String[jobs.size()];
        String[] headers = new String[jobs.size()];
        Short[] maxAttempts = new Short[jobs.size()];
        String[] keys = new String[jobs.size()];
        int nr = 0;
        int at = 0;
        for (Map.Entry<SetKey, List<Integer>> entry : sets.entrySet()) {
            SetKey set = entry.getKey();
            queues[nr] = set.queue();
            kinds[nr] = set.kind();
            priorities[nr] = (short) set.priority();
            delays[nr] = set.delay().toNanos() / 1_000;
            runAts[nr] = set.runAt() == null ? null : set.runAt().toString();
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
                .bind(QUEUES, queues)
                .bind(SET_KINDS, kinds)
                .bind(PRIORITIES, priorities)
                .bind(DELAYS, delays)
                .bind(RUN_ATS, runAts)
                .bind(SIZES, sizes)
                .bind(SET_NUMBERS, numbers)
                .bind(PAYLOADS, payloads)
                .bind(HEADERS, headers)
                .bind(MAX_ATTEMPTS, maxAttempts)
                .bind(BY, by);
        if (!keyed) {
            return bound;
        }
        Statement withKeys = bound.bind(KEYS, keys);
        Statement patient = keyPatience == null
                ? withKeys.bindNull(KEY_PATIENCE, String.class)
                : withKeys.bind(KEY_PATIENCE, keyPatience.toMillis() + "ms");
        return onTerms ? new TermColumns(jobs, inOrder()).bind(patient) : patient;
    }

    /** Which jobs there are, set by set. */
    private List<Integer> inOrder() {
        return sets.values().stream().flatMap(List::stream).toList();
    }

    /** From the first id of the block to the answers in the order of the jobs. */
    List<Enqueued> answers(long first) {
        Enqueued[] answers = new Enqueued[jobs.size()];
        long id = first;
        for (List<Integer> members : sets.values()) {
            for (int index : members) {
                answers[index] = new Enqueued(new JobId(id++), true);
            }
        }
        return Arrays.asList(answers);
    }

    /** From the first id of the block and a lease for each set, or none, to the jobs as they were claimed. */
    EnqueuedClaim claimed(Readable row) {
        List<Enqueued> answers = answers(Columns.number(row, "first"));
        Long[] leases = Objects.requireNonNull(row.get("leases", Long[].class));
        if (leases.length == 0) {
            return new EnqueuedClaim(answers, List.of());
        }
        List<ClaimedJob> claimed = new ArrayList<>(jobs.size());
        int nr = 0;
        for (List<Integer> members : sets.values()) {
            for (int index : members) {
                claimed.add(jobs.get(index)
                        .claimed(leases[nr], answers.get(index).id().value()));
            }
            nr++;
        }
        return new EnqueuedClaim(answers, claimed);
    }

    /** From a row for each job, set by set, to the answers in the order of the jobs. */
    List<Enqueued> answers(List<Answer> bySet) {
        Enqueued[] answers = new Enqueued[jobs.size()];
        int at = 0;
        for (List<Integer> members : sets.values()) {
            for (int index : members) {
                Answer answer = bySet.get(at++);
                answers[index] = answer.created
                        ? new Enqueued(answer.job, true)
                        : jobs.get(index).answeredWith(answer.job);
            }
        }
        return Arrays.asList(answers);
    }

    static Answer answer(Readable row) {
        return new Answer(new JobId(Columns.number(row, "job")), Columns.flag(row, "created"));
    }

    /** What a row says. */
    record Answer(JobId job, boolean created) {}
}
