package io.headrace.benchmarks.goeson;

/**
 * How much the trials are, beside the {@link io.headrace.benchmarks.run.RunSettings settings} that every measuring scenario has.
 *
 * @param killed jobs of a trial whose workers are killed
 */
record GoesOnSettings(int killed) {}
