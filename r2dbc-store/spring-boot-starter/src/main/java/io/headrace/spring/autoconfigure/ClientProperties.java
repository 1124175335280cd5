package io.headrace.spring.autoconfigure;

import io.headrace.spring.transaction.Joining;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the client, which enqueues jobs.
 *
 * @param transactions How an enqueue treats the caller's reactive transaction.
 * @param maxPayload Maximum length of a payload, as JSON in UTF-8; at most 256MB.
 * @param maxWaitingJobs Maximum number of jobs that wait to be written. Beyond it, enqueueing fails.
 */
public record ClientProperties(
        @DefaultValue("join") Joining transactions,
        @DefaultValue("1MB") DataSize maxPayload,
        @DefaultValue("100000") int maxWaitingJobs) {}
