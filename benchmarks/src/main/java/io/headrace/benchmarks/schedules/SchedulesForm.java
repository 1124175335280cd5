package io.headrace.benchmarks.schedules;

import java.time.Duration;
import java.util.List;

/**
 * How much a run is.
 *
 * @param load of the trial with faults
 * @param quiet the other trials
 */
record SchedulesForm(FaultsTrial.Load load, List<ScheduleTrial> quiet) {

    /** What the figures are taken from. */
    static final SchedulesForm LONG = new SchedulesForm(
            new FaultsTrial.Load(5, 1_000, 110_000, List.of(Duration.ofSeconds(1), Duration.ofSeconds(14)), true),
            List.of(
                    new LagTrial(20, 1_200, 2_000),
                    new IdleTrial(10_000, Duration.ofSeconds(60), 2),
                    new SameSecondTrial(10_000, Duration.ofSeconds(30), 4)));

    /** A look at everything. */
    static final SchedulesForm SHORT = new SchedulesForm(
            new FaultsTrial.Load(3, 200, 4_000, List.of(Duration.ofSeconds(1)), false),
            List.of(
                    new LagTrial(20, 200, 400),
                    new IdleTrial(1_000, Duration.ofSeconds(15), 2),
                    new SameSecondTrial(1_000, Duration.ofSeconds(8), 2)));

    SchedulesForm {
        quiet = List.copyOf(quiet);
    }
}
