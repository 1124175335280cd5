package io.headrace.spi;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobTotals;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for people: they may cost more than what moves jobs, and change nothing. */
public interface JobInspector {

    /** Looks a job up; empty if it is not known. */
    Mono<JobSnapshot> find(JobId id);

    /** How many jobs ended and how, by queue and kind, in the order of their names; what was forgotten counts on. */
    Flux<JobTotals> totals();

    /** Checks the conservation law at one moment. */
    Mono<AuditReport> audit();
}
