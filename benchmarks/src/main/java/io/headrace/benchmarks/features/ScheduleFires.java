package io.headrace.benchmarks.features;

import io.headrace.schedule.Every;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import java.time.Duration;
import reactor.core.publisher.Flux;

/** Each job is the fire of a schedule of its own. All are due when the engine starts. */
record ScheduleFires() implements Feature {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int SAVES_AT_A_TIME = 4;

    /** A day earlier: the schedules are due now. */
    private static final String DUE = "UPDATE headrace.schedule_state"
            + " SET due_at = due_at - interval '1 day', next_at = next_at - interval '1 day'"
            + " WHERE fires = 0";

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String what() {
        return "the fire of a schedule, over a job enqueued in bulk";
    }

    @Override
    public void prepare(Place place, Numbers numbers) {
        ScheduleOperator schedules = place.operator().schedules();
        Flux.fromStream(() -> numbers.stream().boxed())
                .flatMap(
                        nr -> schedules.save(Schedule.of("schedule-" + nr, Every.of(DAY), place.job(nr))),
                        SAVES_AT_A_TIME)
                .blockLast(Place.PATIENCE);
        place.database().sql().run(DUE);
    }

    /** Nothing to do: the engine enqueues. */
    @Override
    public void enqueue(Place place, Numbers numbers) {}
}
