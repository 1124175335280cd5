package io.headrace.postgres;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schedules and firings to begin with, for tests that change what they are about. */
final class ScheduleDraft {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private ScheduleDraft() {}

    /** One that is due since noon and always enqueues the same job. */
    static StoredSchedule schedule(String name) {
        return schedule(name, "{\"grain\": \"rye\"}", Overlap.ALLOW);
    }

    static StoredSchedule schedule(String name, @Nullable String payload, Overlap overlap) {
        Terms terms = new Terms(
                "0 12 * * *",
                "UTC",
                NOON,
                Duration.ZERO,
                1,
                overlap,
                new Template("default", "grind", 4, payload, null, null));
        return new StoredSchedule(name, 0, terms, null, new Times(null, NOON, NOON, null), History.NONE);
    }

    static void write(ScheduleStore store, StoredSchedule... schedules) {
        Set<String> written = store.write(List.of(schedules)).block(PATIENCE);
        if (written.size() != schedules.length) {
            throw new AssertionError("only " + written + " were written");
        }
    }

    static StoredSchedule find(ScheduleStore store, String name) {
        return store.look(List.of(name)).block(PATIENCE).schedules().get(0);
    }

    /** Fires a schedule as it stands, once for an instant, and goes on much later. */
    static Firing firing(ScheduleStore store, String name, Instant at) {
        return firing(name, find(store, name).version(), at);
    }

    static Firing firing(ScheduleStore store, String name, Shot... shots) {
        return firing(name, find(store, name).version(), shots);
    }

    /** Fires once for an instant, and goes on much later. */
    static Firing firing(String name, long version, Instant at) {
        return firing(name, version, shot(at, FireOutcome.ENQUEUED, job(null)));
    }

    static Firing firing(String name, long version, Shot... shots) {
        Instant next = NOON.plus(Duration.ofDays(10_000));
        return new Firing(name, version, List.of(shots), next, next, null, 0);
    }

    static Firing waitingFor(Firing firing, Instant at) {
        return new Firing(
                firing.name(),
                firing.version(),
                firing.shots(),
                firing.dueAt(),
                firing.nextAt(),
                new Waiting(at, FireCause.DUE),
                firing.passedOver());
    }

    static Shot shot(Instant at, FireOutcome outcome, @Nullable ShotJob job) {
        return new Shot(at, FireCause.DUE, outcome, 0, job, null);
    }

    /** A job of the schedules of this class. */
    static ShotJob job(@Nullable String uniqueKey) {
        return new ShotJob("default", "grind", 4, null, null, null, uniqueKey);
    }
}
