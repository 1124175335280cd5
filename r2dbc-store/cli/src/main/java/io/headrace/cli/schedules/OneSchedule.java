package io.headrace.cli.schedules;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.RefusedException;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;
import io.headrace.schedule.UnknownScheduleException;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Mono;

/** A command about the schedule of a name. */
abstract class OneSchedule extends StoreVerb {

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the schedule.")
    private String name = "";

    final String name() {
        return name;
    }

    @Override
    protected final int run(Desk desk) {
        return run(desk.operator().schedules());
    }

    /** Does it, and returns the exit code. */
    abstract int run(ScheduleOperator schedules);

    /**
     * When it fires.
     *
     * @throws UnknownScheduleException if there is none
     * @throws RefusedException if its timetable cannot be read here
     */
    final Timetable timetable(ScheduleOperator schedules) {
        Timetable timetable = found(schedules).timetable();
        if (timetable == null) {
            throw RefusedException.failed(
                    "The timetable of schedule '" + name
                            + "' cannot be read here: a newer version of Headrace wrote it, or its zone is unknown to this Java");
        }
        return timetable;
    }

    /** @throws UnknownScheduleException if there is none */
    final ScheduleSnapshot found(ScheduleOperator schedules) {
        return await(schedules.find(name).switchIfEmpty(Mono.error(() -> new UnknownScheduleException(name))));
    }
}
