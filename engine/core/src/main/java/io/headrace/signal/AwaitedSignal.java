package io.headrace.signal;

import io.headrace.JobId;
import java.time.Instant;

/**
 * A job that waits for a signal, see {@link io.headrace.JobOperator#awaiting}.
 *
 * @param key the key of the signal
 * @param job the job that waits
 * @param queue the queue of the job
 * @param kind the kind of the job
 * @param since when it began to wait
 * @param until when it runs without the signal
 */
public record AwaitedSignal(String key, JobId job, String queue, String kind, Instant since, Instant until) {}
