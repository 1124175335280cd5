package io.headrace.schedule;

import io.headrace.JobConstraints;
import io.headrace.JobType;
import io.headrace.NewJob;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A schedule: enqueues a job at each instant of its timetable. Immutable and thread-safe. Each method returns a modified
 * copy and rejects invalid values immediately.
 *
 * <pre>{@code
 * Schedule.of("nightly-report", Cron.of("0 3 * * *", berlin), REPORT.job(new Report("daily")))
 *         .overlap(Overlap.SKIP)
 * }</pre>
 *
 * <p>Declare it with the builder of an engine, or save it at run time with {@link ScheduleOperator#save}. It is stored
 * and fires for as long as any engine runs on the store, whichever that is.
 *
 * <p>Defaults: no jitter, {@link Misfire#ONCE}, {@link Overlap#ALLOW}.
 */
public final class Schedule {

    /** The longest jitter: a day. */
    public static final Duration LONGEST_JITTER = Duration.ofDays(1);

    private final String name;
    private final Timetable timetable;
    private final JobType<?> type;
    private final @Nullable NewJob<?> job;
    private final @Nullable Function<? super Fire, ? extends NewJob<?>> maker;
    private final Duration jitter;
    private final Misfire misfire;
    private final Overlap overlap;

    private Schedule(
            String name,
            Timetable timetable,
            JobType<?> type,
            @Nullable NewJob<?> job,
            @Nullable Function<? super Fire, ? extends NewJob<?>> maker,
            Duration jitter,
            Misfire misfire,
            Overlap overlap) {
        this.name = name;
        this.timetable = timetable;
        this.type = type;
        this.job = job;
        this.maker = maker;
        this.jitter = jitter;
        this.misfire = misfire;
        this.overlap = overlap;
    }

    /**
     * Creates a schedule that always enqueues the same job.
     *
     * @param name identifies the schedule in its store
     * @param job the job. The timetable says when it is due and {@link #overlap} whether it may run beside itself, so it
     *     must have neither a delay nor a unique key
     * @throws io.headrace.InvalidJobException if the name is empty, longer than 100 characters or contains control
     *     characters
     * @throws InvalidScheduleException if the job has a delay, a due time or a unique key
     */
    public static Schedule of(String name, Timetable timetable, NewJob<?> job) {
        return new Schedule(
                JobConstraints.name("schedule", name),
                Objects.requireNonNull(timetable, "timetable").named(name),
                job.type(),
                schedulable(name, job),
                null,
                Duration.ZERO,
                Misfire.ONCE,
                Overlap.ALLOW);
    }

    /**
     * Creates a schedule whose job is made for each instant. Only engines that declare the schedule can fire it, because
     * only they have the function.
     *
     * @param type the kind of its jobs
     * @param maker makes the job of an instant. Must be fast and must not block; may be called more than once for an
     *     instant. If it throws, or returns a job of another kind, that fire is recorded as
     *     {@link FireOutcome#FAILED} and the schedule goes on
     * @throws io.headrace.InvalidJobException if the name is empty, longer than 100 characters or contains control
     *     characters
     */
    public static <T> Schedule of(
            String name, Timetable timetable, JobType<T> type, Function<? super Fire, NewJob<T>> maker) {
        return new Schedule(
                JobConstraints.name("schedule", name),
                Objects.requireNonNull(timetable, "timetable").named(name),
                Objects.requireNonNull(type, "type"),
                null,
                Objects.requireNonNull(maker, "maker"),
                Duration.ZERO,
                Misfire.ONCE,
                Overlap.ALLOW);
    }

    /**
     * Checks a job for a schedule.
     *
     * @return the same job
     * @throws InvalidScheduleException if it has a delay, a due time, a unique key or terms such as a throttle
     */
    public static NewJob<?> schedulable(String name, NewJob<?> job) {
        if (!job.delay().isZero() || job.runAt() != null) {
            throw new InvalidScheduleException(
                    name, "job", "has a delay or a due time. The timetable says when it is due: remove it");
        }
        if (job.uniqueKey() != null) {
            throw new InvalidScheduleException(
                    name, "job", "has a unique key. Use overlap(SKIP) to run one job at a time, or ALLOW: remove it");
        }
        if (job.terms() != null) {
            throw new InvalidScheduleException(
                    name, "job", "is enqueued on terms. The timetable says how often it runs: remove them");
        }
        return job;
    }

    /**
     * Spreads schedules that are due at the same instant: each fire is later by up to this much. How much is derived from
     * the name and the instant, so that a preview knows it.
     *
     * @throws InvalidScheduleException if the value is negative or longer than a day
     */
    public Schedule jitter(Duration most) {
        if (most.isNegative() || most.compareTo(LONGEST_JITTER) > 0) {
            throw new InvalidScheduleException(name, "jitter", most + " is outside 0 to " + LONGEST_JITTER);
        }
        return new Schedule(name, timetable, type, job, maker, most, misfire, overlap);
    }

    /** Sets what happens with instants that were missed because no engine ran. */
    public Schedule misfire(Misfire policy) {
        return new Schedule(
                name, timetable, type, job, maker, jitter, Objects.requireNonNull(policy, "policy"), overlap);
    }

    /** Sets what happens if the job of the last fire has not ended yet. */
    public Schedule overlap(Overlap policy) {
        return new Schedule(
                name, timetable, type, job, maker, jitter, misfire, Objects.requireNonNull(policy, "policy"));
    }

    public String name() {
        return name;
    }

    public Timetable timetable() {
        return timetable;
    }

    public JobType<?> type() {
        return type;
    }

    /** The job that it enqueues; {@code null} if each is {@linkplain #maker() made}. */
    public @Nullable NewJob<?> job() {
        return job;
    }

    /** What makes its jobs; {@code null} if they are always {@linkplain #job() the same}. */
    public @Nullable Function<? super Fire, ? extends NewJob<?>> maker() {
        return maker;
    }

    public Duration jitter() {
        return jitter;
    }

    public Misfire misfire() {
        return misfire;
    }

    public Overlap overlap() {
        return overlap;
    }
}
