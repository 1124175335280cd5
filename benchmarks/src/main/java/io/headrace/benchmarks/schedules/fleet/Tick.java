package io.headrace.benchmarks.schedules.fleet;

import io.headrace.JobType;

/**
 * What a fire's job carries.
 *
 * @param nr of its schedule
 */
public record Tick(int nr) {

    /** Does nothing. */
    public static final JobType<Tick> TICK = JobType.of("tick", Tick.class).queue("ticks");

    /** Takes longer than its schedule leaves it. */
    public static final JobType<Tick> LINGER = JobType.of("linger", Tick.class).queue("lingers");
}
