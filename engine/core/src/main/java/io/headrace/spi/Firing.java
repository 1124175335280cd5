package io.headrace.spi;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to a schedule that fires.
 *
 * @param name the schedule
 * @param version the version that it must have; 0 for any, also of a paused schedule: then only fires are added, and its
 *     times and its version stay as they are, unless a fire that waited is fired: then none waits, in the next version
 * @param shots its fires, in the order of their instants; may be empty if only the times move
 * @param dueAt the instant that fires next
 * @param nextAt when it is to be looked at next
 * @param waiting the fire that waits from now on; {@code null} for none
 * @param passedOver how many missed instants are passed over
 */
public record Firing(
        String name,
        long version,
        List<Shot> shots,
        @Nullable Instant dueAt,
        @Nullable Instant nextAt,
        @Nullable Waiting waiting,
        long passedOver) {

    public Firing {
        shots = List.copyOf(shots);
    }

    public Firing withShots(List<Shot> others) {
        return new Firing(name, version, others, dueAt, nextAt, waiting, passedOver);
    }

    /**
     * One fire.
     *
     * @param at its instant
     * @param cause why it fires
     * @param outcome what comes of it
     * @param passedOver how many missed instants before it are passed over
     * @param job its job if the outcome is {@link FireOutcome#ENQUEUED}; otherwise {@code null}
     * @param problem why there is none if the outcome is {@link FireOutcome#FAILED}
     */
    public record Shot(
            Instant at,
            FireCause cause,
            FireOutcome outcome,
            long passedOver,
            @Nullable ShotJob job,
            @Nullable String problem) {}

    /**
     * The job of a fire, due at once.
     *
     * @param queue its queue
     * @param kind its kind
     * @param priority its priority
     * @param payload its payload as JSON text; {@code null} for the payload that the store has with the schedule
     * @param headers its headers as JSON text; {@code null} for none
     * @param maxAttempts its number of attempts; {@code null} to use the handler's policy
     * @param uniqueKey a unique key that no other job has; {@code null} for none. With it the store can tell cheaply
     *     whether the job has ended
     */
    public record ShotJob(
            String queue,
            String kind,
            int priority,
            @Nullable String payload,
            @Nullable String headers,
            @Nullable Integer maxAttempts,
            @Nullable String uniqueKey) {}
}
