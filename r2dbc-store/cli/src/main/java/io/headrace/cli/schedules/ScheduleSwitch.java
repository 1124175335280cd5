package io.headrace.cli.schedules;

import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Facts;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import reactor.core.publisher.Mono;

/** Pauses a schedule or resumes it, and shows it as it is then. */
abstract class ScheduleSwitch extends OneSchedule {

    abstract Mono<Void> turn(ScheduleOperator schedules);

    @Override
    final int run(ScheduleOperator schedules) {
        turn(schedules).block();
        ScheduleSnapshot schedule = found(schedules);
        answer(
                ScheduleJson.of(schedule),
                out -> new Facts()
                        .fact("schedule", schedule.name())
                        .fact("state", schedule.state())
                        .fact("next", schedule.next())
                        .print(out));
        return ExitCode.DONE;
    }
}
