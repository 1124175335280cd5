package io.headrace.postgres;

import io.headrace.Enqueued;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueuedClaim;
import io.headrace.spi.JobTransaction;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.IsolationLevel;
import io.r2dbc.spi.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A transaction on a connection of its own that tells of its commit, as those of Spring do. */
final class ReportingTransaction implements JobTransaction, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Connection connection;
    private final JobTransaction statements;
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final List<Runnable> afterRollback = new ArrayList<>();
    private int leased;

    private ReportingTransaction(Connection connection, JobTransaction statements) {
        this.connection = connection;
        this.statements = statements;
    }

    static ReportingTransaction begin(TestSchema schema) {
        return begin(schema.server().connectionFactory(), schema.store());
    }

    static ReportingTransaction begin(ConnectionFactory factory, PostgresJobStore store) {
        Connection connection = Mono.from(factory.create()).block(PATIENCE);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
        return new ReportingTransaction(connection, store.transaction(connection));
    }

    static ReportingTransaction begin(TestSchema schema, IsolationLevel level) {
        ReportingTransaction transaction = begin(schema);
        transaction.run("SET TRANSACTION ISOLATION LEVEL " + level.asSql());
        return transaction;
    }

    @Override
    public Mono<List<Enqueued>> enqueue(List<EncodedJob> jobs, long by) {
        return statements.enqueue(jobs, by);
    }

    @Override
    public Mono<EnqueuedClaim> enqueueAndClaim(List<EncodedJob> jobs, ClaimRequest request) {
        return statements
                .enqueueAndClaim(jobs, request)
                .doOnNext(answer -> leased += answer.claimed().size());
    }

    @Override
    public boolean reportsCommit() {
        return true;
    }

    @Override
    public boolean afterCommit(Runnable action) {
        return afterCommit.add(action);
    }

    @Override
    public void afterRollback(Runnable action) {
        afterRollback.add(action);
    }

    /** How many jobs were leased as they were enqueued. */
    int leased() {
        return leased;
    }

    void run(String sql) {
        Flux.from(connection.createStatement(sql).execute())
                .flatMap(Result::getRowsUpdated)
                .blockLast(PATIENCE);
    }

    long number(String sql) {
        return Flux.from(connection.createStatement(sql).execute())
                .flatMap(result -> result.map(row -> row.get(0, Long.class)))
                .blockLast(PATIENCE);
    }

    void commit() {
        commitSilently();
        afterCommit.forEach(Runnable::run);
    }

    /** The news is lost. */
    void commitSilently() {
        Mono.from(connection.commitTransaction()).block(PATIENCE);
    }

    /** Once it has ended. */
    void beginAnew() {
        afterCommit.clear();
        afterRollback.clear();
        Mono.from(connection.beginTransaction()).block(PATIENCE);
    }

    void rollback() {
        Mono.from(connection.rollbackTransaction()).block(PATIENCE);
        afterRollback.forEach(Runnable::run);
    }

    @Override
    public void close() {
        Mono.from(connection.close()).block(PATIENCE);
    }
}
