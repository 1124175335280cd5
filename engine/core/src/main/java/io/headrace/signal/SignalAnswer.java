package io.headrace.signal;

/**
 * What became of a signal, see {@link io.headrace.JobProducer#signal(String, Object)}.
 *
 * @param created whether this was the first signal of its key; otherwise the first one counts, and this one changed nothing
 * @param woken how many jobs waited for it and are due now; if 0, the signal is kept for jobs that ask for it later
 */
public record SignalAnswer(boolean created, long woken) {}
