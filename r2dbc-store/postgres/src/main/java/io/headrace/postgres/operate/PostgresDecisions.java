package io.headrace.postgres.operate;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.RetryReport;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.postgres.upkeep.Pruner;
import io.headrace.postgres.upkeep.Segments;
import io.headrace.spi.JobDecisions;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Carries out what people decide, and what time decides where they do not. */
public final class PostgresDecisions implements JobDecisions {

    private static final int CANCEL_TRIES = 10;

    private final String cancel;
    private final String pause;
    private final String resume;
    private final String runNow;
    private final String retryFailed;
    private final String discard;
    private final Connections connections;
    private final PostgresInspector inspector;
    private final FailedTombstones failed;
    private final Pruner pruner;
    private final Segments segments;

    public PostgresDecisions(
            Statements statements, Connections connections, PostgresInspector inspector, Pruner pruner) {
        this.cancel = statements.named("operate/cancel");
        this.pause = statements.named("operate/pause");
        this.resume = statements.named("operate/resume");
        this.runNow = statements.named("operate/run_now");
        this.retryFailed = statements.named("operate/retry_failed");
        this.discard = statements.named("operate/discard");
        this.connections = connections;
        this.inspector = inspector;
        this.failed = new FailedTombstones(statements, connections);
        this.pruner = pruner;
        this.segments = new Segments(statements, connections);
    }

    @Override
    public Mono<CancelAnswer> cancel(JobId id) {
        return Mono.defer(() -> cancelOnce(id))
                .repeatWhenEmpty(CANCEL_TRIES, again -> again)
                .onErrorMap(SqlErrors::of);
    }

    /** Empty if the job was on its way from one place to another, so that the statement found it in neither. */
    private Mono<CancelAnswer> cancelOnce(JobId id) {
        return connections
                .work(
                        cancel,
                        statement -> CancelReason.bind(new Parameters(statement).value(id.value()))
                                .statement(),
                        row -> Columns.flag(row, "leased")
                                ? CancelAnswer.CANCELLED_WHILE_LEASED
                                : CancelAnswer.CANCELLED)
                .flatMap(answers -> answers.isEmpty() ? notCancelled(id) : Mono.just(answers.get(0)));
    }

    private Mono<CancelAnswer> notCancelled(JobId id) {
        return inspector
                .state(id)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(state -> {
                    if (state.isEmpty()) {
                        return Mono.just(CancelAnswer.UNKNOWN);
                    }
                    return state.get().isLive() ? Mono.empty() : Mono.just(CancelAnswer.TOO_LATE);
                });
    }

    @Override
    public Mono<Boolean> runNow(JobId id) {
        return runNowOnce(id)
                .flatMap(moved -> moved
                        ? Mono.just(true)
                        : inspector
                                .state(id)
                                .map(JobState.PENDING::equals)
                                .defaultIfEmpty(false)
                                // It is due, or somebody took others out of its set at that moment.
                                .flatMap(waits -> waits ? runNowOnce(id).thenReturn(true) : Mono.just(false)))
                .onErrorMap(SqlErrors::of);
    }

    private Mono<Boolean> runNowOnce(JobId id) {
        return connections
                .work(runNow, statement -> statement.bind(0, id.value()), row -> Columns.number(row, "moved") > 0)
                .map(moved -> moved.get(0));
    }

    @Override
    public Mono<Void> pause(String queue) {
        return ofQueue(pause, queue);
    }

    @Override
    public Mono<Void> resume(String queue) {
        return ofQueue(resume, queue);
    }

    private Mono<Void> ofQueue(String statement, String queue) {
        return connections
                .work(statement, bound -> bound.bind(0, queue), row -> row)
                .then()
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<RetryReport> retryFailed(FailedJobs which) {
        return failed.decide(retryFailed, which)
                .map(done -> new RetryReport(done.matched(), done.applied(), done.raced(), done.pruned()))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<JobId> probe(FailedJobs which) {
        return failed.decideOne(retryFailed, which).onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<DiscardReport> discard(FailedJobs which) {
        return failed.decide(discard, which)
                .map(done -> new DiscardReport(done.matched(), done.applied(), done.raced(), done.pruned()))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return pruner.prune(retention).onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Long> pruneCompleted(Duration retention) {
        return segments.tidy(retention).onErrorMap(SqlErrors::of);
    }
}
