package io.headrace.spi;

/**
 * Asks for a payload that a claim withheld.
 *
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param mostBytes how long its payload and headers may be together, in bytes of UTF-8
 */
public record PayloadRequest(long job, long mostBytes) {}
