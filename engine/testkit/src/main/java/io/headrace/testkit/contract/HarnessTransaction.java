package io.headrace.testkit.contract;

import io.headrace.spi.JobTransaction;

/** A transaction that a test has begun, and ends once. */
public interface HarnessTransaction {

    /** Returns what the store does in it. */
    JobTransaction transaction();

    /** Commits. */
    void commit();

    /** Rolls back. */
    void rollback();
}
