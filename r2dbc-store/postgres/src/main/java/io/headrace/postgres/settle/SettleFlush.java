package io.headrace.postgres.settle;

import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.IdSet;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcomes of one flush, in the form of {@code settle.sql}: as sets of ids, wherever jobs share their fate. */
final class SettleFlush {

    /** The parameters of {@code settle.sql}, by position. */
    private static final int WORKER = 0;

    private static final int ASKED_LEASES = 1;
    private static final int ASKED_IDS = 2;
    private static final int FINISHED_LEASES = 3;
    private static final int FINISHED_IDS = 4;
    private static final int RETURNED_LEASES = 5;
    private static final int RETURNED_IDS = 6;
    private static final int RETURNED_DELAYS = 7;
    private static final int RETURNED_CHARGED = 8;
    private static final int FAILURE_LEASES = 9;
    private static final int FAILURE_JOBS = 10;
    private static final int FAILURE_STATES = 11;
    private static final int FAILURE_TYPES = 12;
    private static final int FAILURE_MESSAGES = 13;
    private static final int FAILURE_FINGERPRINTS = 14;
    private static final int FAILURE_TRACES = 15;
    private static final int KEY_LEASES = 16;
    private static final int KEY_JOBS = 17;

    private static final @Nullable String RETRIED = null;
    private static final String FAILED = "FAILED";
    private static final String CANCELLED = "CANCELLED";

    private final Map<Named, Settlement> settlements = new LinkedHashMap<>();
    private final List<Settlement> namedAgain = new ArrayList<>();
    private final Map<Long, IdSet> asked = new LinkedHashMap<>();
    private final Map<Long, IdSet> finished = new LinkedHashMap<>();
    private final Map<Return, IdSet> returned = new LinkedHashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private final List<Settlement> keyReleases = new ArrayList<>();
    private boolean handsBack;

    /** A job under a lease: settled once, however often a call names it. */
    private record Named(long lease, long job) {}

    /** Jobs of one lease that go back to pending alike; without a delay, to their old place. */
    private record Return(long lease, @Nullable Duration delay, boolean charged) {}

    /** A failure to be written down, and the state in which the job ends, unless it is retried. */
    private record Ending(Settlement settlement, @Nullable String state, Verdict.Failure failure) {
        @Nullable
        UUID traceHash() {
            FailureTrace trace = failure.trace();
            return trace == null ? null : trace.hash();
        }
    }

    SettleFlush(List<Settlement> settlements) {
        Sorting sorting = new Sorting();
        for (Settlement settlement : settlements) {
            Named job = new Named(settlement.lease(), settlement.job());
            if (this.settlements.putIfAbsent(job, settlement) == null) {
                add(asked, settlement.lease(), settlement);
                sorting.sort(settlement);
            } else {
                namedAgain.add(settlement);
            }
        }
    }

    /** Where each verdict puts its job; answers whether it releases the job's unique key. */
    private final class Sorting implements Verdict.Cases<Boolean> {

        @SuppressWarnings("NullAway.Init") // set before each use
        private Settlement settlement;

        void sort(Settlement next) {
            settlement = next;
            if (next.verdict().fold(this) && next.keyed()) {
                keyReleases.add(next);
            }
        }

        @Override
        public Boolean completed() {
            add(finished, settlement.lease(), settlement);
            return true;
        }

        @Override
        public Boolean retried(Verdict.Retried verdict) {
            add(returned, new Return(settlement.lease(), verdict.delay(), true), settlement);
            endings.add(new Ending(settlement, RETRIED, verdict.failure()));
            return false;
        }

        @Override
        public Boolean snoozed(Verdict.Snoozed verdict) {
            add(returned, new Return(settlement.lease(), verdict.delay(), false), settlement);
            return false;
        }

        @Override
        public Boolean released() {
            add(returned, new Return(settlement.lease(), null, false), settlement);
            handsBack = true;
            return false;
        }

        @Override
        public Boolean failed(Verdict.Failed verdict) {
            endings.add(new Ending(settlement, FAILED, verdict.failure()));
            return false;
        }

        @Override
        public Boolean cancelled(Verdict.Cancelled verdict) {
            endings.add(new Ending(settlement, CANCELLED, verdict.reason()));
            return true;
        }
    }

    private static <K> void add(Map<K, IdSet> sets, K key, Settlement settlement) {
        sets.computeIfAbsent(key, k -> new IdSet()).add(settlement.job());
    }

    /** Whether any job takes its old place again. */
    boolean handsBack() {
        return handsBack;
    }

    /** The stack traces that its failures name, each once. */
    Map<UUID, FailureTrace> traces() {
        Map<UUID, FailureTrace> traces = new HashMap<>();
        for (Ending ending : endings) {
            FailureTrace trace = ending.failure().trace();
            if (trace != null) {
                traces.put(trace.hash(), trace);
            }
        }
        return traces;
    }

    Statement bind(Statement statement, long worker) {
        List<Return> returns = List.copyOf(returned.keySet());
        return statement
                .bind(WORKER, worker)
                .bind(ASKED_LEASES, asked.keySet().toArray(Long[]::new))
                .bind(ASKED_IDS, texts(asked))
                .bind(FINISHED_LEASES, finished.keySet().toArray(Long[]::new))
                .bind(FINISHED_IDS, texts(finished))
                .bind(RETURNED_LEASES, returns.stream().map(Return::lease).toArray(Long[]::new))
                .bind(RETURNED_IDS, texts(returned))
                .bind(RETURNED_DELAYS, returns.stream().map(SettleFlush::micros).toArray(Long[]::new))
                .bind(RETURNED_CHARGED, returns.stream().map(Return::charged).toArray(Boolean[]::new))
                .bind(
                        FAILURE_LEASES,
                        endings.stream().map(e -> e.settlement().lease()).toArray(Long[]::new))
                .bind(
                        FAILURE_JOBS,
                        endings.stream().map(e -> e.settlement().job()).toArray(Long[]::new))
                .bind(FAILURE_STATES, endings.stream().map(Ending::state).toArray(String[]::new))
                .bind(
                        FAILURE_TYPES,
                        endings.stream().map(e -> e.failure().type()).toArray(String[]::new))
                .bind(
                        FAILURE_MESSAGES,
                        endings.stream().map(e -> e.failure().message()).toArray(String[]::new))
                .bind(
                        FAILURE_FINGERPRINTS,
                        endings.stream()
                                .map(e -> Fingerprint.number(e.failure().fingerprint()))
                                .toArray(Long[]::new))
                .bind(FAILURE_TRACES, endings.stream().map(Ending::traceHash).toArray(UUID[]::new))
                .bind(KEY_LEASES, keyReleases.stream().map(Settlement::lease).toArray(Long[]::new))
                .bind(KEY_JOBS, keyReleases.stream().map(Settlement::job).toArray(Long[]::new));
    }

    private static @Nullable Long micros(Return back) {
        return back.delay() == null ? null : back.delay().toNanos() / 1_000;
    }

    private static String[] texts(Map<?, IdSet> sets) {
        return sets.values().stream().map(IdSet::text).toArray(String[]::new);
    }

    /**
     * One row of the answer: ids that were not in their lease; no lease if there were none. Each row says which traces were
     * not there.
     */
    record Answer(@Nullable Long lease, String ids, List<UUID> gone) {
        static Answer of(Readable row) {
            Long lease = row.get("lease", Long.class);
            UUID[] gone = row.get("gone", UUID[].class);
            return new Answer(
                    lease, lease == null ? "{}" : Columns.text(row, "late"), gone == null ? List.of() : List.of(gone));
        }
    }

    List<Settlement> late(List<Answer> rows) {
        List<Settlement> late = new ArrayList<>(namedAgain);
        for (Answer row : rows) {
            Long lease = row.lease();
            if (lease != null) {
                IdSet.forEach(
                        row.ids(), job -> late.add(Objects.requireNonNull(settlements.get(new Named(lease, job)))));
            }
        }
        return late;
    }
}
