package io.headrace.spring.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How jobs are enqueued.
 *
 * @param maxPayload the longest payload there may be, as JSON in UTF-8, up to 256 MB
 * @param maxWaitingJobs how many jobs may wait to be written before enqueueing errs
 */
public record ClientProperties(
        @DefaultValue("1MB") DataSize maxPayload,
        @DefaultValue("100000") int maxWaitingJobs) {}
