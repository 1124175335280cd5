package io.headrace.testkit.contract;

import io.headrace.AuditReport;
import io.headrace.JobId;
import io.headrace.spi.JobStore;
import java.time.Duration;

/** A store opened for one test, initially empty, and what the test needs to do to it from outside. */
public interface StoreHarness {

    /** Returns the store under test, the same one on every call. */
    JobStore store();

    /**
     * Lets time pass for the store: when this returns, every due time, expiry and deadline in it is that much closer or longer
     * past. It does not wait: move the clock, or move the stored times back, then also those of schedules and the instants of
     * their fires.
     */
    void passTime(Duration passed);

    /**
     * Corrupts the store behind its back, to check that the audit finds it.
     *
     * @param what {@code NOWHERE}: removes the pending job from its set. {@code TWICE}: records the pending job as completed,
     *     too. {@code WITHOUT_JOB}: deletes the pending job but leaves its place. {@code KEY_NOT_RELEASED}: gives the completed
     *     job its unique key back. {@code KEY_LOST}: takes the unique key from the live job. {@code SIGNAL_MISSED}: stores the
     *     signal for which the job waits. {@code RESULT_TOO_EARLY}: gives the pending job a result. {@code WAITER_LEFT}:
     *     registers a client as waiting for the job, which expires now. No other value is passed
     */
    void damage(AuditReport.What what, JobId job);

    /**
     * Corrupts what the store has of a schedule behind its back, to check that the audit finds it.
     *
     * @param what {@code SCHEDULE_STOPPED}: clears the next time of the schedule. {@code FIRE_WITHOUT_JOB}: deletes the pending
     *     job of its first fire, and its place. {@code WAITING_LOST}: removes its waiting fire from the record. No other value
     *     is passed
     */
    void damage(AuditReport.What what, String schedule);

    /** Begins a transaction, which the test ends. */
    HarnessTransaction begin();

    /** Whether the store has an optional feature. Defaults to {@code false}. */
    default boolean supports(Feature feature) {
        return false;
    }

    /** Discards the store. Called once after the test, even if it failed. */
    void close();
}
