package io.headrace.testkit.contract;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.spi.JobStore;
import java.time.Duration;

/** A store opened for one test, empty at first, and what a test must be able to do to it from outside. */
public interface StoreHarness {

    /** The store under test; always the same. */
    JobStore store();

    /**
     * Lets time pass for the store: whatever it holds (due times, expiries, deadlines) is that much nearer or further past
     * when this returns. It does not wait: a clock is moved, or the stored moments are moved back.
     */
    void passTime(Duration passed);

    /**
     * Makes the store wrong behind its own back, to see whether the audit finds it.
     *
     * @param what {@code NOWHERE}: the job, which is pending, is taken out of its set. {@code TWICE}: the job, which is
     *     pending, is completed as well. {@code WITHOUT_JOB}: the job, which is pending, is no longer stored, but keeps its
     *     place. {@code KEY_NOT_RELEASED}: the job, which is completed, has its unique key again. {@code KEY_LOST}: the job,
     *     which is live, no longer holds its unique key. Nothing else is asked for
     */
    void damage(AuditReport.What what, JobId job);

    /** Whether the store has an optional feature. Defaults to {@code false}. */
    default boolean supports(Feature feature) {
        return false;
    }

    /** Throws the store away. Called once, after the test, even if it failed. */
    void close();
}
