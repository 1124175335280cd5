package io.headrace.postgres;

import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The outcomes of one flush, in the form of {@code settle.sql}: as sets of ids, wherever jobs share their fate. */
final class SettleBatch {

    private final Map<Named, Settlement> settlements = new LinkedHashMap<>();
    private final List<Settlement> namedAgain = new ArrayList<>();
    private final Map<Long, IdSet> asked = new LinkedHashMap<>();
    private final Map<Long, IdSet> finished = new LinkedHashMap<>();
    private final Map<Return, IdSet> returned = new LinkedHashMap<>();
    private final List<Ending> endings = new ArrayList<>();
    private final List<Settlement> keyReleases = new ArrayList<>();
    private final Sorting sorting = new Sorting();
    private boolean handsBack;

    /** A job under a lease: settled once, however often a call names it. */
    private record Named(long lease, long job) {}

    /** Jobs of one lease that go back to pending alike; without a delay, to their old place. */
    private record Return(long lease, @Nullable Duration delay, boolean charged) {}

    /** A failure to be written down, and the state in which the job ends, unless it is retried. */
    private record Ending(Settlement settlement, @Nullable String state, Verdict.Failure failure) {}

    SettleBatch(List<Settlement> settlements) {
        for (Settlement settlement : settlements) {
            Named job = new Named(settlement.lease(), settlement.job());
            if (this.settlements.putIfAbsent(job, settlement) == null) {
                sort(settlement);
            } else {
                namedAgain.add(settlement);
            }
        }
    }

    private void sort(Settlement settlement) {
        add(asked, settlement.lease(), settlement);
        sorting.settlement = settlement;
        settlement.verdict().fold(sorting);
    }

    /** Where each verdict puts its job; one for all settlements, which are sorted one after the other. */
    private final class Sorting implements Verdict.Cases<Void> {

        @SuppressWarnings("NullAway.Init") // set before each use
        private Settlement settlement;

        @Override
        public Void completed() {
            add(finished, settlement.lease(), settlement);
            releaseKey(settlement);
            return null;
        }

        @Override
        public Void retried(Verdict.Retried verdict) {
            add(returned, new Return(settlement.lease(), verdict.delay(), true), settlement);
            endings.add(new Ending(settlement, null, verdict.failure()));
            return null;
        }

        @Override
        public Void snoozed(Verdict.Snoozed verdict) {
            add(returned, new Return(settlement.lease(), verdict.delay(), false), settlement);
            return null;
        }

        @Override
        public Void released() {
            add(returned, new Return(settlement.lease(), null, false), settlement);
            handsBack = true;
            return null;
        }

        @Override
        public Void failed(Verdict.Failed verdict) {
            endings.add(new Ending(settlement, "FAILED", verdict.failure()));
            return null;
        }

        @Override
        public Void cancelled(Verdict.Cancelled verdict) {
            endings.add(new Ending(settlement, "CANCELLED", verdict.reason()));
            releaseKey(settlement);
            return null;
        }
    }

    private void releaseKey(Settlement settlement) {
        if (settlement.keyed()) {
            keyReleases.add(settlement);
        }
    }

    private static <K> void add(Map<K, IdSet> sets, K key, Settlement settlement) {
        sets.computeIfAbsent(key, k -> new IdSet()).add(settlement.job());
    }

    /** Whether any job takes its old place again. */
    boolean handsBack() {
        return handsBack;
    }

    Statement bind(Statement statement, long worker) {
        List<Return> returns = List.copyOf(returned.keySet());
        return statement
                .bind(0, worker)
                .bind(1, asked.keySet().toArray(Long[]::new))
                .bind(2, texts(asked))
                .bind(3, finished.keySet().toArray(Long[]::new))
                .bind(4, texts(finished))
                .bind(5, returns.stream().map(Return::lease).toArray(Long[]::new))
                .bind(6, texts(returned))
                .bind(7, returns.stream().map(SettleBatch::micros).toArray(Long[]::new))
                .bind(8, returns.stream().map(Return::charged).toArray(Boolean[]::new))
                .bind(9, endings.stream().map(e -> e.settlement().lease()).toArray(Long[]::new))
                .bind(10, endings.stream().map(e -> e.settlement().job()).toArray(Long[]::new))
                .bind(11, endings.stream().map(Ending::state).toArray(String[]::new))
                .bind(12, endings.stream().map(e -> e.failure().type()).toArray(String[]::new))
                .bind(13, endings.stream().map(e -> e.failure().message()).toArray(String[]::new))
                .bind(14, endings.stream().map(e -> e.failure().trace()).toArray(String[]::new))
                .bind(15, keyReleases.stream().map(Settlement::lease).toArray(Long[]::new))
                .bind(16, keyReleases.stream().map(Settlement::job).toArray(Long[]::new));
    }

    private static @Nullable Long micros(Return back) {
        return back.delay() == null ? null : back.delay().toNanos() / 1_000;
    }

    private static String[] texts(Map<?, IdSet> sets) {
        return sets.values().stream().map(IdSet::text).toArray(String[]::new);
    }

    /** One row of the answer: ids that were not in their lease; no lease if there were none. */
    record Late(@Nullable Long lease, String ids) {
        static Late of(Readable row) {
            Long lease = row.get("lease", Long.class);
            return new Late(lease, lease == null ? "{}" : Columns.text(row, "late"));
        }
    }

    List<Settlement> late(List<Late> rows) {
        List<Settlement> late = new ArrayList<>(namedAgain);
        for (Late row : rows) {
            Long lease = row.lease();
            if (lease != null) {
                IdSet.forEach(
                        row.ids(), job -> late.add(Objects.requireNonNull(settlements.get(new Named(lease, job)))));
            }
        }
        return late;
    }
}
