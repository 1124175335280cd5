package io.headrace.cli.schedules;

import io.headrace.schedule.ScheduleOperator;
import picocli.CommandLine.Command;
import reactor.core.publisher.Mono;

/** Pauses a schedule. */
@Command(
        name = "pause",
        description = "Pause a schedule. Its times meanwhile are not fired later; backfill can fire them.",
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule pause nightly-report")
final class PauseSchedule extends ScheduleSwitch {

    @Override
    Mono<Void> turn(ScheduleOperator schedules) {
        return schedules.pause(name());
    }
}
