package io.headrace.engine.schedule;

import io.headrace.NewJob;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.guard.ErrorText;
import io.headrace.schedule.Fire;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the jobs of fires, with the functions that this engine declares where the store has no payload. Thread-safe. */
final class ShotMaker {

    private final Map<String, Schedule> made;
    private final JobEncoder encoder;

    /** @param made the declared schedules that have a function, by name */
    ShotMaker(Map<String, Schedule> made, JobEncoder encoder) {
        this.made = Map.copyOf(made);
        this.encoder = encoder;
    }

    /** The schedules without a payload in the store that can be fired here. */
    Set<String> makes() {
        return made.keySet();
    }

    boolean canFire(StoredSchedule schedule) {
        return schedule.terms().job().payload() != null || made.containsKey(schedule.name());
    }

    /** A fire with its job, if its outcome is to have one. If the job cannot be made, the fire has failed. */
    Shot shot(StoredSchedule schedule, Outcomes.Decided fire, long passedOver) {
        return shot(schedule, fire, passedOver, null);
    }

    /**
     * The same, for a firing of any version. Its job brings the payload along: the schedule may be written in between, and
     * these headers do not say how its new payload is transformed.
     */
    Shot shotOfAnyVersion(StoredSchedule schedule, Outcomes.Decided fire) {
        return shot(schedule, fire, 0, schedule.terms().job().payload());
    }

    private Shot shot(StoredSchedule schedule, Outcomes.Decided fire, long passedOver, @Nullable String payload) {
        if (fire.outcome() != FireOutcome.ENQUEUED) {
            return new Shot(fire.at(), fire.cause(), fire.outcome(), passedOver, null, null);
        }
        try {
            ShotJob job = job(schedule, fire, payload);
            return new Shot(fire.at(), fire.cause(), FireOutcome.ENQUEUED, passedOver, job, null);
        } catch (Throwable e) {
            // Also what Reactor would throw on: it is the function's, and the loop is not to end by it.
            return failed(fire.at(), fire.cause(), passedOver, e);
        }
    }

    static Shot failed(Instant at, FireCause cause, long passedOver, Throwable error) {
        return new Shot(at, cause, FireOutcome.FAILED, passedOver, null, ErrorText.line(error));
    }

    private ShotJob job(StoredSchedule schedule, Outcomes.Decided fire, @Nullable String payload) {
        StoredSchedule.Template job = schedule.terms().job();
        String key = schedule.terms().overlap() == Overlap.ALLOW ? null : key(schedule.name(), fire);
        if (job.payload() != null) {
            return new ShotJob(
                    job.queue(),
                    job.kind(),
                    job.priority(),
                    payload,
                    FireHeaders.with(job.headers(), schedule.name(), fire.at()),
                    job.maxAttempts(),
                    key);
        }
        EncodedJob own = encoder.encode(made(schedule, fire));
        return new ShotJob(
                own.queue(),
                own.kind(),
                own.priority(),
                own.payload(),
                FireHeaders.with(own.headers(), schedule.name(), fire.at()),
                own.maxAttempts(),
                key);
    }

    /** A key that no other job has: with it the store knows whether the job has ended. */
    private static String key(String schedule, Outcomes.Decided fire) {
        return "schedule " + schedule + " " + fire.at();
    }

    private NewJob<?> made(StoredSchedule schedule, Outcomes.Decided fire) {
        Schedule declared = Objects.requireNonNull(made.get(schedule.name()), "not declared here");
        Function<? super Fire, ? extends NewJob<?>> maker = Objects.requireNonNull(declared.maker());
        @Nullable
        NewJob<?> job = maker.apply(
                new Fire(schedule.name(), fire.at(), ZoneId.of(schedule.terms().zone()), fire.cause()));
        if (job == null) {
            throw new IllegalStateException("the function of schedule '" + schedule.name() + "' returned null");
        }
        if (!job.type().kind().equals(declared.type().kind())) {
            throw new IllegalStateException("the function of schedule '" + schedule.name() + "' made a job of kind '"
                    + job.type().kind() + "' instead of '" + declared.type().kind() + "'");
        }
        return Schedule.schedulable(schedule.name(), job);
    }
}
