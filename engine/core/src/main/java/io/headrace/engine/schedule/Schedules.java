package io.headrace.engine.schedule;

import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.spi.ScheduleStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The schedules of an engine: declares them, fires what is due, and operates them. */
public final class Schedules {

    private final Declarations declarations;
    private final FireLoop loop;
    private final ScheduleOperator operator;

    /**
     * Those of one engine.
     *
     * @param declared by name
     * @param retention how long fires stay on record
     */
    public Schedules(
            ScheduleStore store,
            Map<String, Schedule> declared,
            Duration retention,
            JobEncoder encoder,
            ScheduleHost host,
            Outage outage,
            LoopGuard guard) {
        Timetables timetables = new Timetables();
        ShotMaker maker = new ShotMaker(made(declared), encoder);
        FireFlush flush = new FireFlush(store, host);
        ScheduleText text = new ScheduleText(encoder, timetables);
        Changes changes = new Changes(store, timetables, host);
        this.declarations = new Declarations(
                declared, store, text, new DeclarationText(encoder), changes, retention, host.clock(), outage, guard);
        this.loop = new FireLoop(store, maker, timetables, flush, host, guard);
        this.operator = new ScheduleDesk(
                store,
                text,
                timetables,
                changes,
                new RunNow(maker, flush, changes, host.cancel()),
                new Backfill(timetables, maker, flush, changes));
    }

    /** The operator of a store without an engine. */
    public static ScheduleOperator operator(ScheduleStore store, JobEncoder encoder, ScheduleHost host) {
        Timetables timetables = new Timetables();
        ShotMaker maker = new ShotMaker(Map.of(), encoder);
        FireFlush flush = new FireFlush(store, host);
        Changes changes = new Changes(store, timetables, host);
        return new ScheduleDesk(
                store,
                new ScheduleText(encoder, timetables),
                timetables,
                changes,
                new RunNow(maker, flush, changes, host.cancel()),
                new Backfill(timetables, maker, flush, changes));
    }

    private static Map<String, Schedule> made(Map<String, Schedule> declared) {
        Map<String, Schedule> made = new HashMap<>(declared);
        made.values().removeIf(schedule -> schedule.maker() == null);
        return made;
    }

    /** Writes what is declared to the store. */
    public Mono<Void> declare() {
        return declarations.declare();
    }

    public void start() {
        declarations.start();
        loop.start();
    }

    /** Fires nothing more. */
    public void stop() {
        loop.stop();
        declarations.stop();
    }

    public ScheduleOperator operator() {
        return operator;
    }
}
