package io.headrace.spi;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.Overlap;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as the store has it.
 *
 * @param name its name
 * @param version grows by one with each write and firing, from a number that no schedule of this name has had before; 0 if
 *     it is not in the store yet
 * @param terms what it is
 * @param declaration what code says about it; {@code null} if it was never declared
 * @param times when it fires next
 * @param history what it has done; written by firings only, except when the schedule is created
 */
public record StoredSchedule(
        String name, long version, Terms terms, @Nullable Declaration declaration, Times times, History history) {

    public StoredSchedule withTerms(Terms other) {
        return new StoredSchedule(name, version, other, declaration, times, history);
    }

    public StoredSchedule withDeclaration(@Nullable Declaration other) {
        return new StoredSchedule(name, version, terms, other, times, history);
    }

    public StoredSchedule withTimes(Times other) {
        return new StoredSchedule(name, version, terms, declaration, other, history);
    }

    /**
     * What a schedule is.
     *
     * @param timetable the text of its timetable
     * @param zone the zone of its timetable
     * @param start the anchor of its timetable: when that was set
     * @param jitter the longest jitter, in whole milliseconds
     * @param misfire how many missed instants fire
     * @param overlap what happens if its last job has not ended
     * @param job its job
     */
    public record Terms(
            String timetable, String zone, Instant start, Duration jitter, int misfire, Overlap overlap, Template job) {

        public Terms withStart(Instant other) {
            return new Terms(timetable, zone, other, jitter, misfire, overlap, job);
        }

        public Terms withJob(Template other) {
            return new Terms(timetable, zone, start, jitter, misfire, overlap, other);
        }
    }

    /**
     * The job of a schedule.
     *
     * @param queue its queue
     * @param kind its kind
     * @param priority its priority
     * @param payload its payload as JSON text; {@code null} if each job is made by the engine that fires
     * @param headers its headers as JSON text of an object with string values; {@code null} for none
     * @param maxAttempts its number of attempts; {@code null} to use the handler's policy
     */
    public record Template(
            String queue,
            String kind,
            int priority,
            @Nullable String payload,
            @Nullable String headers,
            @Nullable Integer maxAttempts) {}

    /**
     * What code says about a schedule.
     *
     * @param text the terms as declared, as a text to be compared
     * @param at when an engine last said that it declares it
     * @param isOverridden whether an operator has changed the terms since
     */
    public record Declaration(String text, Instant at, boolean isOverridden) {}

    /**
     * When a schedule fires next.
     *
     * @param pause why it is paused; {@code null} if it is not
     * @param dueAt the instant that fires next; {@code null} if there is none
     * @param nextAt when it is to be looked at, which is {@code dueAt} with its jitter unless a fire waits; {@code null} if
     *     it is paused or there is nothing to wait for
     * @param waiting the fire that waits for the end of the last job; {@code null} if none does
     */
    public record Times(
            @Nullable Pause pause,
            @Nullable Instant dueAt,
            @Nullable Instant nextAt,
            @Nullable Waiting waiting) {}

    /** Why a schedule is paused. */
    public enum Pause {
        /** An operator paused it. */
        OPERATOR,
        /** No engine has declared it for too long. */
        UNDECLARED
    }

    /**
     * A fire that waits.
     *
     * @param at its instant
     * @param cause why it fires
     */
    public record Waiting(Instant at, FireCause cause) {}

    /**
     * What a schedule has done.
     *
     * @param lastAt the latest instant that fired, backfills left aside; {@code null} if none has
     * @param lastJob the job of the latest fire that has one, backfills left aside; {@code null} if none has
     * @param isBusy whether that job has not ended: it is pending or leased. Only known if {@link Terms#overlap} is not
     *     {@link Overlap#ALLOW} and the job has a unique key; otherwise {@code false}
     * @param fires how many fires it has had, whatever came of them
     * @param passedOver how many missed instants were passed over
     * @param prunedTo the latest instant whose fire was pruned; {@code null} if none was
     */
    public record History(
            @Nullable Instant lastAt,
            @Nullable Long lastJob,
            boolean isBusy,
            long fires,
            long passedOver,
            @Nullable Instant prunedTo) {

        /** The history of a new schedule. */
        public static final History NONE = new History(null, null, false, 0, 0, null);
    }
}
