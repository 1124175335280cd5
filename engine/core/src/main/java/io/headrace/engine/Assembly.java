package io.headrace.engine;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.spi.JobStore;

/** Internal: how {@link JobClient}, {@link JobOperator} and {@link JobEngine} reach their implementations. Use their own factory methods. */
public final class Assembly {

    private Assembly() {}

    public static JobClient.Builder client(JobStore store) {
        return new ClientBuilder(store);
    }

    public static JobOperator.Builder operator(JobStore store) {
        return new OperatorBuilder(store);
    }

    public static JobEngine.Builder engine(JobStore store) {
        return new EngineBuilder(store);
    }
}
