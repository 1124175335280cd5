package io.headrace.engine;

import io.headrace.JobEngine;
import io.headrace.JobQueue;
import io.headrace.spi.JobStore;

/** Internal: how {@link JobQueue} and {@link JobEngine} reach their implementations. Use their own factory methods. */
public final class Assembly {

    private Assembly() {}

    public static JobQueue.Builder queue(JobStore store) {
        return new QueueBuilder(store);
    }

    public static JobEngine.Builder engine(JobStore store) {
        return new EngineBuilder(store);
    }
}
