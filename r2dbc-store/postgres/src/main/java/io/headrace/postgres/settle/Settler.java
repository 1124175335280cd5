package io.headrace.postgres.settle;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.enqueue.EnqueueErrors;
import io.headrace.postgres.enqueue.PostgresIntake;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/**
 * Records outcomes and progress of jobs in their leases, each flush by one statement; by one more before it if it names stack
 * traces that are not known to be stored, and by one more after it if leases were not as the worker believed. What outcomes
 * entail is recorded by the same statement, or by more in one transaction with it. While somebody waits for the end of jobs, one more
 * statement tells them afterwards. Thread-safe.
 */
public final class Settler {

    private final String settle;
    private final String settleWith;
    private final String finish;
    private final String note;
    private final String await;
    private final Connections connections;
    private final ClaimCursors cursors;
    private final Traces traces;
    private final EntailedRecords entailed;
    private final EndTelling telling;

    public Settler(
            Statements statements,
            Connections connections,
            ClaimCursors cursors,
            PostgresIntake intake,
            AwaitingClients awaiting) {
        this.settle = statements.named("settle/settle");
        this.settleWith = statements.named("settle/settle_with");
        this.finish = statements.named("settle/finish");
        this.note = statements.named("settle/note");
        this.await = statements.named("settle/await");
        this.traces = new Traces(statements);
        this.entailed = new EntailedRecords(statements, intake);
        this.telling = new EndTelling(statements, connections, awaiting);
        this.connections = connections;
        this.cursors = cursors;
    }

    /** As {@link io.headrace.spi.LeaseStore#settle} says. */
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return Mono.defer(() -> {
                    SettleFlush flush = new SettleFlush(settlements);
                    Mono<List<Settlement>> lost = flush.isPlain()
                            ? connections.work(channel -> record(channel, worker, flush))
                            : recordMore(worker, flush);
                    return lost.map(late -> {
                                if (flush.handsBack()) {
                                    cursors.lookBack();
                                }
                                return flush.withNamedAgain(late);
                            })
                            .flatMap(late -> telling.tell(settlements, late));
                })
                .onErrorMap(SqlErrors::of);
    }

    /** All or nothing: what is tried again must not find that a part of it was recorded. */
    private Mono<List<Settlement>> recordMore(long worker, SettleFlush flush) {
        Entailment entailment = flush.awaiting().isEmpty() ? Entailment.ifOneStatement(flush.entailing()) : null;
        if (entailment != null) {
            return connections
                    .work(channel -> settleWith(channel, worker, flush, entailment))
                    .map(flush::lost)
                    .onErrorMap(EnqueueErrors::of);
        }
        AwaitFlush waits = new AwaitFlush(flush.awaiting());
        if (!flush.settlesAny()) {
            return connections.work(channel -> await(channel, worker, waits));
        }
        return connections.transaction(channel -> record(channel, worker, flush)
                .flatMap(late -> entailed.record(channel, worker, flush.entailing(), late))
                .flatMap(late -> flush.awaiting().isEmpty()
                        ? Mono.just(late)
                        : await(channel, worker, waits)
                                .map(more -> Stream.concat(late.stream(), more.stream())
                                        .toList())));
    }

    private Mono<List<Settlement>> await(SqlChannel channel, long worker, AwaitFlush waits) {
        return channel.rows(await, statement -> waits.bind(statement, worker), AwaitFlush::late)
                .map(waits::late);
    }

    private Mono<List<Settlement>> record(SqlChannel channel, long worker, SettleFlush flush) {
        return (flush.finishesLeases() ? finish(channel, worker, flush) : settle(channel, worker, flush))
                .map(flush::lost);
    }

    /** Leases that are not as the worker believes are settled job by job. */
    private Mono<List<SettleFlush.Answer>> finish(SqlChannel channel, long worker, SettleFlush flush) {
        return channel.rows(finish, statement -> flush.bindFinished(statement, worker), row -> row.get(0, Long.class))
                .flatMap(left -> left.isEmpty() ? Mono.just(List.of()) : settle(channel, worker, flush.of(left)));
    }

    private Mono<List<SettleFlush.Answer>> settle(SqlChannel channel, long worker, SettleFlush flush) {
        return withTraces(
                channel,
                flush,
                channel.rows(settle, statement -> flush.bind(statement, worker).statement(), SettleFlush.Answer::of));
    }

    private Mono<List<SettleFlush.Answer>> settleWith(
            SqlChannel channel, long worker, SettleFlush flush, Entailment entailment) {
        return withTraces(
                channel,
                flush,
                channel.rows(
                        settleWith,
                        statement ->
                                entailment.bind(flush.bind(statement, worker)).statement(),
                        SettleFlush.Answer::of));
    }

    private Mono<List<SettleFlush.Answer>> withTraces(
            SqlChannel channel, SettleFlush flush, Mono<List<SettleFlush.Answer>> answers) {
        Map<UUID, FailureTrace> named = flush.traces();
        if (named.isEmpty()) {
            return answers;
        }
        List<FailureTrace> unknown = traces.unknown(named);
        return (unknown.isEmpty() ? Mono.empty() : traces.store(channel, unknown))
                .then(answers)
                .flatMap(known -> mend(channel, named, known));
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

    /** Tells those who wait of jobs that were completed elsewhere. Never fails. */
    public Mono<Void> tell(List<Settlement> completed) {
        return telling.tell(completed, List.of()).then();
    }
}
