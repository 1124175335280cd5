package io.headrace.benchmarks.goeson.worker;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** What a job carries that inserts a row and completes in the same transaction. */
public record Row(long nr) {

    public static final JobType<Row> TYPE = JobType.of("row", Row.class);

    /** The table of the application. Nothing in it prevents a second row of a job. */
    public static final String TABLE = "CREATE TABLE handled_row (job bigint NOT NULL)";

    private static final String INSERT = "INSERT INTO handled_row (job) VALUES ($1)";
    private static final int ONE_IN = 10;
    private static final RetryPolicy SOON = RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMillis(100)));

    static JobEngine.Builder subscribe(JobEngine.Builder engine, Application application) {
        return engine.subscribe(
                JobHandler.of(TYPE, job -> handle(job, application)).retry(SOON));
    }

    private static Mono<Void> handle(Job<Row> job, Application application) {
        return application.with(on -> Mono.from(on.beginTransaction())
                .then(insert(on, job))
                .then(Pause.brief())
                .then(Mono.defer(() -> job.completeIn(application.store().transaction(on))))
                .then(Pause.brief())
                .then(Mono.defer(() -> Mono.from(rollsBack(job) ? on.rollbackTransaction() : on.commitTransaction()))));
    }

    private static Mono<Void> insert(Connection on, Job<Row> job) {
        return Application.run(on.createStatement(INSERT).bind("$1", job.id().value()));
    }

    /** Some do so in their first attempt, and complete all the same, as a handler might that has a bug. */
    private static boolean rollsBack(Job<Row> job) {
        return job.attempt() == 1 && job.payload().nr() % ONE_IN == 0;
    }
}
