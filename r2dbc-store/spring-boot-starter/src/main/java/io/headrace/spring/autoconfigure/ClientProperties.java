package io.headrace.spring.autoconfigure;

import io.headrace.spring.transaction.Joining;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How jobs are enqueued.
 *
 * @param transactions What enqueueing does with the reactive transaction of its caller.
 * @param maxPayload The longest payload there may be, as JSON in UTF-8, up to 256 MB.
 * @param maxWaitingJobs How many jobs may wait to be written before enqueueing errs.
 */
public record ClientProperties(
        @DefaultValue("join") Joining transactions,
        @DefaultValue("1MB") DataSize maxPayload,
        @DefaultValue("100000") int maxWaitingJobs) {}
