package io.headrace.benchmarks.goeson.worker;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import reactor.core.publisher.Mono;

/** What a job carries whose result somebody awaits. */
public record Question(long nr) {

    public static final JobType<Question> TYPE = JobType.of("question", Question.class);

    private static final int FACTOR = 7;

    /** The result of the job with this number. */
    public static long answer(long nr) {
        return nr * FACTOR;
    }

    /** The engine with the handler. */
    public static JobEngine.Builder subscribe(JobEngine.Builder engine) {
        return engine.subscribe(JobHandler.of(
                TYPE, job -> Mono.just(JobOutcome.complete(answer(job.payload().nr())))));
    }
}
