package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.schedules.fleet.Fleet;
import io.headrace.benchmarks.schedules.fleet.FleetSettings;
import io.headrace.benchmarks.server.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Engines that all declare the same schedules are killed, the server is restarted and stays away, and the clock of one engine
 * is an hour off. When the fires that are wanted are on record, every instant is accounted for.
 */
record FaultsTrial(Load load, long seed, Path logs) implements ScheduleTrial {

    private static final Duration FIRST_FIRES = Duration.ofMinutes(2);
    private static final Duration STANDSTILL = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration UNTIL_REPLACED = Duration.ofSeconds(1);
    private static final Duration AFTERMATH = Duration.ofSeconds(3);
    private static final int KILLED_AT_A_TIME = 2;

    /**
     * How much it is.
     *
     * @param engines processes
     * @param schedules that each fire every second
     * @param fires how many at least
     * @param outages for how long the server is down each time, if it is ours; beyond ten seconds, instants are passed over
     * @param killsAgain whether engines are killed at the end as well
     */
    record Load(int engines, int schedules, int fires, List<Duration> outages, boolean killsAgain) {

        Load {
            outages = List.copyOf(outages);
        }
    }

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public void run(Server server, TrialLog log) {
        Fleet fleet = new Fleet(load.schedules(), seed);
        try (ScheduleDatabase database = ScheduleDatabase.in(server)) {
            FleetSettings settings =
                    new FleetSettings(database.target(), ScheduleDatabase.SCHEMA, fleet, Duration.ZERO);
            try (FleetCrew crew = new FleetCrew(settings, database.database().password(), logs, log)) {
                crew.start(load.engines());
                underFaults(server, new FireTable(database.sql()), crew, log);
            }
            log.doing("every instant is accounted for");
            log.audited(database.audit());
            FireCensus.take(database.sql(), fleet).addTo(log);
            new FireTable(database.sql()).addLags(log, "faults_fired_lag", "-infinity");
        }
    }

    private void underFaults(Server server, FireTable table, FleetCrew crew, TrialLog log) {
        log.doing("%d engines start and declare %,d schedules", load.engines(), load.schedules());
        Waiting.require(
                "every schedule has fired, see " + logs, FIRST_FIRES, () -> table.haveFired() == load.schedules());
        List<Runnable> faults = faults(server, table, crew, log);
        long before = table.fires();
        long began = System.nanoTime();
        for (int i = 0; i < faults.size(); i++) {
            awaitFires(load.fires() * (i + 1L) / (faults.size() + 1), table, log);
            faults.get(i).run();
        }
        awaitFires(load.fires(), table, log);
        log.measure("fires_per_s", (table.fires() - before) / Waiting.secondsSince(began), "fires/s");
        String end = table.now();
        log.doing("every schedule fires once more");
        Waiting.require("every schedule goes on, see " + logs, STANDSTILL, () -> table.haveNotFiredSince(end) == 0);
        crew.replaceTheDead();
    }

    private List<Runnable> faults(Server server, FireTable table, FleetCrew crew, TrialLog log) {
        Random random = new Random(seed);
        List<Runnable> faults = new ArrayList<>();
        faults.add(() -> kill(table, crew, random, log));
        if (!load.outages().isEmpty() && !server.isOurs()) {
            log.remark("the server was not stopped, since it is not ours");
        } else {
            load.outages().forEach(outage -> faults.add(() -> away(outage, server, table, log)));
        }
        if (load.killsAgain()) {
            faults.add(() -> kill(table, crew, random, log));
        }
        return faults;
    }

    private void awaitFires(long fires, FireTable table, TrialLog log) {
        for (long seen = table.fires(); seen < fires; seen = table.fires()) {
            log.doing("%,d of %,d fires on record", seen, load.fires());
            Waiting.pass(LOOK_EVERY);
        }
    }

    /** SIGKILL; some time later, others take the places of the dead. */
    private void kill(FireTable table, FleetCrew crew, Random random, TrialLog log) {
        log.doing("engines are killed");
        String from = table.now();
        crew.kill(Math.min(KILLED_AT_A_TIME, load.engines() - 1), random);
        Waiting.pass(UNTIL_REPLACED);
        crew.replaceTheDead();
        Waiting.pass(AFTERMATH.minus(UNTIL_REPLACED));
        log.measure("longest_lag_after_kill_s", table.longestLag(from), "s");
    }

    private void away(Duration time, Server server, FireTable table, TrialLog log) {
        log.doing("the server is down for %d s", time.toSeconds());
        server.stop("fast");
        Waiting.pass(time);
        server.start();
        long back = System.nanoTime();
        String from = table.now();
        log.doing("the server is back");
        double seconds = Waiting.secondsUntil(STANDSTILL, back, () -> table.haveNotFiredSince(from) == 0);
        log.measure("all_fire_after_outage_s", seconds, "s");
    }
}
