package io.headrace.spi;

/**
 * What a job asks: whether a signal has come.
 *
 * @param job the job, as in {@link io.headrace.JobId#value()}
 * @param key the key of the signal
 */
public record SignalQuestion(long job, String key) {}
