package io.headrace.benchmarks.features;

import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.NewJob;
import io.headrace.benchmarks.headrace.Countdown;
import io.headrace.benchmarks.headrace.Payload;
import java.time.Duration;
import reactor.core.publisher.Mono;

/**
 * A row of the table: how jobs with a feature differ from plain ones, from enqueue to outcome. Override what differs and add the
 * feature to {@link Features}. Stateless.
 *
 * <p>Jobs are numbered. A database sees each number once, so that keys and names made of numbers do not collide.
 */
interface Feature {

    /** As in metric names. */
    String name();

    /** What the jobs have, for people. */
    String what();

    /** What they are compared with: the same work without the feature. Default: plain jobs, enqueued in bulk. */
    default Feature plain() {
        return Plain.JOBS;
    }

    /** Creates what has to exist beforehand. Not measured. */
    default void prepare(Place place, Numbers numbers) {}

    /** Enqueues the jobs with these numbers; returns when all are durable. */
    default void enqueue(Place place, Numbers numbers) {
        place.enqueueBulk(numbers.stream().mapToObj(nr -> job(place.job(nr), nr)));
    }

    /** The job with this number. */
    default NewJob<Payload> job(NewJob<Payload> plain, int nr) {
        return plain;
    }

    /** Configures the client that enqueues. */
    default JobClient.Builder client(JobClient.Builder plain) {
        return plain;
    }

    /** How long to wait after the enqueue until all jobs are due. Not measured. */
    default Duration due() {
        return Duration.ZERO;
    }

    /** Configures the engine that drains. */
    default JobEngine.Builder engine(JobEngine.Builder plain) {
        return plain;
    }

    /** Runs an engine until so many jobs are handled; returns when their outcomes are recorded. */
    default void drain(Place place, int jobs) throws InterruptedException {
        place.drain(jobs, this::handle);
    }

    /** Configures the handler. */
    default JobHandler<Payload> handler(JobHandler<Payload> plain) {
        return plain;
    }

    /** What the handler does: counts each job once. */
    default Mono<Void> handle(Job<Payload> job, Countdown done) {
        return done.one();
    }
}
