package io.headrace.postgres.settle;

import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * Records what outcomes entail, in the transaction that has recorded them: keeps results, and enqueues the jobs that follow.
 * Thread-safe.
 */
public final class EntailedRecords {

    /** The engine does not know when a caller commits: it is woken as others are. */
    private static final long TOLD_BY_NOBODY = 0;

    private final String results;
    private final PostgresIntake intake;

    public EntailedRecords(Statements statements, PostgresIntake intake) {
        this.results = statements.named("settle/results");
        this.intake = intake;
    }

    /**
     * Records what settlements entail that were not late.
     *
     * @param worker whose jobs they are about; it learns by itself of what follows
     * @return the late ones
     */
    Mono<List<Settlement>> record(SqlChannel channel, long worker, List<Settlement> entailing, List<Settlement> late) {
        Set<Settlement> tooLate = Collections.newSetFromMap(new IdentityHashMap<>());
        tooLate.addAll(late);
        List<Result> kept = new ArrayList<>();
        List<EncodedJob> next = new ArrayList<>();
        for (Settlement settlement : entailing) {
            if (!tooLate.contains(settlement) && settlement.verdict() instanceof Verdict.CompletedWith with) {
                if (with.result() != null) {
                    kept.add(new Result(settlement.job(), with.result()));
                }
                next.addAll(with.next());
            }
        }
        return keep(channel, kept)
                .then(next.isEmpty() ? Mono.empty() : intake.enqueueFollowUps(channel, next, worker))
                .thenReturn(late);
    }

    /** Records what a settlement entails, in a transaction of a caller's. */
    public Mono<Void> recordIn(SqlChannel channel, Settlement settlement) {
        if (!(settlement.verdict() instanceof Verdict.CompletedWith with)) {
            return Mono.empty();
        }
        List<Result> kept = with.result() == null ? List.of() : List.of(new Result(settlement.job(), with.result()));
        return keep(channel, kept)
                .then(
                        with.next().isEmpty()
                                ? Mono.empty()
                                : intake.enqueueIn(channel, with.next(), TOLD_BY_NOBODY)
                                        .then());
    }

    private record Result(long job, String json) {}

    private Mono<Void> keep(SqlChannel channel, List<Result> kept) {
        return kept.isEmpty()
                ? Mono.empty()
                : channel.rows(
                                results,
                                statement -> new Parameters(statement)
                                        .longs(kept, Result::job)
                                        .texts(kept, Result::json)
                                        .statement(),
                                row -> row)
                        .then();
    }
}
