package io.headrace.postgres.settle;

import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.IdSet;
import io.headrace.postgres.sql.Parameters;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The outcomes of one flush, in the form of {@code settle.sql}: as sets of ids, wherever jobs share their fate. */
final class SettleFlush {

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
    private final List<Settlement> entailing = new ArrayList<>();
    private final List<Settlement> awaiting = new ArrayList<>();
    /** How many jobs are unsettled in the leases that it names, as far as the worker knows. */
    private long unsettled;

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
            if (this.settlements.putIfAbsent(job, settlement) != null) {
                namedAgain.add(settlement);
            } else if (settlement.verdict() instanceof Verdict.Awaiting) {
                awaiting.add(settlement);
            } else {
                if (!asked.containsKey(settlement.lease())) {
                    unsettled += settlement.unsettled();
                }
                add(asked, settlement.lease(), settlement);
                sorting.sort(settlement);
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
        public Boolean completedWith(Verdict.CompletedWith verdict) {
            entailing.add(settlement);
            return completed();
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
        public Boolean awaiting(Verdict.Awaiting verdict) {
            throw new IllegalStateException("await.sql records it");
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

    /** Whether there is nothing to record but that jobs have completed, and they seem to be all that their leases hold. */
    boolean finishesLeases() {
        return !settlements.isEmpty()
                && returned.isEmpty()
                && endings.isEmpty()
                && keyReleases.isEmpty()
                && unsettled == settlements.size();
    }

    /** Those of which more is to be recorded than that their jobs have completed. */
    List<Settlement> entailing() {
        return entailing;
    }

    /** Whether it is one statement, or two if leases are not as the worker believes. */
    boolean isPlain() {
        return entailing.isEmpty() && awaiting.isEmpty();
    }

    /** Whether there is anything to record but that jobs wait for signals. */
    boolean settlesAny() {
        return !asked.isEmpty();
    }

    /** Those that are to wait for signals, which {@code settle.sql} does not record. */
    List<Settlement> awaiting() {
        return awaiting;
    }

    /** The outcomes of these leases only. */
    SettleFlush of(List<Long> leases) {
        Set<Long> wanted = Set.copyOf(leases);
        return new SettleFlush(settlements.values().stream()
                .filter(each -> wanted.contains(each.lease()))
                .toList());
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

    /** Binds the parameters of {@code finish.sql}. */
    Statement bindFinished(Statement statement, long worker) {
        List<Long> leases = finished.keySet().stream().sorted().toList();
        return new Parameters(statement)
                .value(worker)
                .longs(leases, lease -> lease)
                .texts(
                        leases,
                        lease -> Objects.requireNonNull(finished.get(lease)).text())
                .statement();
    }

    /** Binds the parameters of {@code settle.sql}. */
    Parameters bind(Statement statement, long worker) {
        List<Return> returns = List.copyOf(returned.keySet());
        return new Parameters(statement)
                .value(worker)
                .longs(List.copyOf(asked.keySet()), lease -> lease)
                .texts(List.copyOf(asked.values()), IdSet::text)
                .longs(List.copyOf(finished.keySet()), lease -> lease)
                .texts(List.copyOf(finished.values()), IdSet::text)
                .longs(returns, Return::lease)
                .texts(List.copyOf(returned.values()), IdSet::text)
                .longs(returns, SettleFlush::micros)
                .flags(returns, Return::charged)
                .longs(endings, ending -> ending.settlement().lease())
                .longs(endings, ending -> ending.settlement().job())
                .texts(endings, Ending::state)
                .texts(endings, ending -> ending.failure().type())
                .texts(endings, ending -> ending.failure().message())
                .longs(endings, ending -> Fingerprint.number(ending.failure().fingerprint()))
                .value(endings.stream().map(Ending::traceHash).toArray(UUID[]::new))
                .longs(keyReleases, Settlement::lease)
                .longs(keyReleases, Settlement::job);
    }

    private static @Nullable Long micros(Return back) {
        return back.delay() == null ? null : back.delay().toNanos() / 1_000;
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

    /** Those of jobs that were not in the lease. */
    List<Settlement> lost(List<Answer> rows) {
        List<Settlement> late = new ArrayList<>();
        for (Answer row : rows) {
            Long lease = row.lease();
            if (lease != null) {
                IdSet.forEach(
                        row.ids(), job -> late.add(Objects.requireNonNull(settlements.get(new Named(lease, job)))));
            }
        }
        return late;
    }

    /** With those that name a job again, all that are late. Of one that is named twice, only the second is. */
    List<Settlement> withNamedAgain(List<Settlement> lost) {
        return Stream.concat(namedAgain.stream(), lost.stream()).toList();
    }
}
