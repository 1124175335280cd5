package io.headrace.benchmarks.contender;

/** Is told of handlers that start. Thread-safe. */
public interface LatencyProbe {

    /** The handler of this job starts now. The harness remembers when {@code enqueueForLatency} returned. */
    void started(long sequence);
}
