package io.headrace.postgres.settle;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Records outcomes and progress of jobs in their leases, each flush by one statement; by one more before it if it names stack
 * traces that are not known to be stored, and by one more after it if leases were not as the worker believed. Thread-safe.
 */
public final class Settler {

    private final String settle;
    private final String finish;
    private final String note;
    private final Connections connections;
    private final ClaimCursors cursors;
    private final Traces traces;

    public Settler(Statements statements, Connections connections, ClaimCursors cursors) {
        this.settle = statements.named("settle/settle");
        this.finish = statements.named("settle/finish");
        this.note = statements.named("settle/note");
        this.traces = new Traces(statements);
        this.connections = connections;
        this.cursors = cursors;
    }

    /** As {@link io.headrace.spi.LeaseStore#settle} says. */
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return Mono.defer(() -> {
                    SettleFlush flush = new SettleFlush(settlements);
                    return (flush.finishesLeases() ? finish(worker, flush) : settle(worker, flush)).map(answers -> {
                        if (flush.handsBack()) {
                            cursors.lookBack();
                        }
                        return flush.late(answers);
                    });
                })
                .onErrorMap(SqlErrors::of);
    }

    /** Leases that are not as the worker believes are settled job by job. */
    private Mono<List<SettleFlush.Answer>> finish(long worker, SettleFlush flush) {
        return connections
                .work(finish, statement -> flush.bindFinished(statement, worker), row -> row.get(0, Long.class))
                .flatMap(left -> left.isEmpty() ? Mono.just(List.of()) : settle(worker, flush.of(left)));
    }

    private Mono<List<SettleFlush.Answer>> settle(long worker, SettleFlush flush) {
        Map<UUID, FailureTrace> named = flush.traces();
        if (named.isEmpty()) {
            return connections.work(settle, statement -> flush.bind(statement, worker), SettleFlush.Answer::of);
        }
        List<FailureTrace> unknown = traces.unknown(named);
        return connections.work(channel -> (unknown.isEmpty() ? Mono.empty() : traces.store(channel, unknown))
                .then(channel.rows(settle, statement -> flush.bind(statement, worker), SettleFlush.Answer::of))
                .flatMap(answers -> mend(channel, named, answers)));
    }

    /** A schema that was restored from a dump, or whose clock was set, may be without a trace that was stored in it. */
    private Mono<List<SettleFlush.Answer>> mend(
            SqlChannel channel, Map<UUID, FailureTrace> named, List<SettleFlush.Answer> answers) {
        List<FailureTrace> gone = answers.get(0).gone().stream().map(named::get).toList();
        return gone.isEmpty() ? Mono.just(answers) : traces.store(channel, gone).thenReturn(answers);
    }

    /** As {@link io.headrace.spi.LeaseStore#note} says. */
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return Mono.defer(() -> {
                    ProgressFlush flush = new ProgressFlush(notes);
                    return connections.upkeep(note, statement -> flush.bind(statement, worker), row -> row);
                })
                .then()
                .onErrorMap(SqlErrors::of);
    }
}
