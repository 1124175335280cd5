package io.headrace.spi;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import reactor.core.publisher.Mono;

/** Reads for people: they may cost more than what moves jobs, and change nothing. */
public interface JobInspector {

    /** Looks a job up; empty if it is not known. */
    Mono<JobSnapshot> find(JobId id);

    /** Checks the conservation law at one moment. */
    Mono<AuditReport> audit();
}
