package io.headrace.benchmarks.goeson;

/**
 * How much the trials are, beside the {@link io.headrace.benchmarks.run.RunSettings settings} that every measuring scenario has.
 *
 * @param killed jobs of a trial whose workers are killed; half as many where a job takes longer
 * @param samples requests and signals whose latency is taken
 * @param waiting jobs that wait for signals while others are claimed
 * @param raced jobs whose timeouts race with their signals
 */
record GoesOnSettings(int killed, int samples, int waiting, int raced) {}
