package io.headrace.benchmarks.features;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.HeadraceContender;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.FreshDatabase;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A database in which jobs of one feature live, with the store open. Closing closes the store and leaves the database. */
record Place(FreshDatabase database, HeadraceContender headrace, Feature feature, JobClient client, String fill)
        implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int BULKS_ON_THEIR_WAY = 4;

    static Place open(FreshDatabase database, ContenderSettings settings, Feature feature) {
        HeadraceContender headrace = new HeadraceContender();
        headrace.open(settings);
        JobClient client = feature.client(JobClient.builder(headrace.store())).build();
        return new Place(database, headrace, feature, client, Payload.fill(settings.payloadBytes()));
    }

    /** The plain job with this number. */
    NewJob<Payload> job(int nr) {
        return Payload.job(nr, fill);
    }

    JobOperator operator() {
        return JobOperator.create(headrace.store());
    }

    void enqueueBulk(Stream<NewJob<Payload>> jobs) {
        Flux.fromStream(jobs)
                .buffer(JobId.BLOCK_SIZE)
                .flatMap(client::enqueueAll, BULKS_ON_THEIR_WAY)
                .blockLast(PATIENCE);
    }

    void enqueueAlone(Stream<NewJob<Payload>> jobs, int callers) {
        Flux.fromStream(jobs).flatMap(client::enqueue, callers).blockLast(PATIENCE);
    }

    /** Prepares jobs, enqueues them, and runs them all. */
    void live(Numbers numbers) throws InterruptedException {
        feature.prepare(this, numbers);
        feature.enqueue(this, numbers);
        Waiting.pass(feature.due());
        feature.drain(this, numbers.count());
    }

    /**
     * Runs an engine until so many jobs are handled; returns when their outcomes are recorded.
     *
     * @param handle what the handler does: counts each job once
     */
    void drain(int jobs, BiFunction<Job<Payload>, Countdown, Mono<Void>> handle) throws InterruptedException {
        Countdown done = new Countdown(jobs);
        JobHandler<Payload> handler = JobHandler.of(Payload.TYPE, job -> handle.apply(job, done));
        JobEngine.Builder plain = headrace.builder(feature.handler(handler), List.of(JobType.DEFAULT_QUEUE));
        HeadraceContender.run(feature.engine(plain).build(), done);
    }

    @Override
    public void close() {
        headrace.close();
    }
}
