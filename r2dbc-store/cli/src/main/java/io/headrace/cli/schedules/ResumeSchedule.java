package io.headrace.cli.schedules;

import io.headrace.schedule.ScheduleOperator;
import picocli.CommandLine.Command;
import reactor.core.publisher.Mono;

/** Resumes a schedule. */
@Command(
        name = "resume",
        description = "Resume a schedule with its first time after now.",
        footerHeading = "%nExample:%n",
        footer = "  headrace schedule resume nightly-report")
final class ResumeSchedule extends ScheduleSwitch {

    @Override
    Mono<Void> turn(ScheduleOperator schedules) {
        return schedules.resume(name());
    }
}
