package io.headrace.benchmarks.goeson.worker;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobOutcome;
import io.headrace.JobType;

/**
 * What a job of a chain carries.
 *
 * @param parent the id of the job that it follows; 0 if it follows none
 */
public record Link(long parent) {

    /** Completes with one that follows. */
    public static final JobType<Link> PARENT = JobType.of("parent", Link.class);

    public static final JobType<Link> CHILD = JobType.of("child", Link.class);

    static JobEngine.Builder subscribe(JobEngine.Builder engine) {
        return engine.subscribe(JobHandler.of(
                        PARENT,
                        job -> Pause.brief()
                                .thenReturn(JobOutcome.completeThen(
                                        CHILD.job(new Link(job.id().value()))))))
                .subscribe(JobHandler.of(CHILD, job -> Pause.brief()));
    }
}
