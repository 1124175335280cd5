package io.headrace.spi;

/**
 * A request for a payload that a claim withheld.
 *
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param mostBytes the maximum combined length of payload and headers, in bytes of UTF-8
 */
public record PayloadRequest(long job, long mostBytes) {}
