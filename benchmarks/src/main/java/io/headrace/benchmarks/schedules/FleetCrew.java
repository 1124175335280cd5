package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.process.Target;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.schedules.fleet.FleetProcess;
import io.headrace.benchmarks.schedules.fleet.FleetSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The engine processes. The clock of the last one is an hour off. Used by one thread, save {@link #close()}. */
final class FleetCrew implements AutoCloseable {

    private static final Duration OFF = Duration.ofHours(1);
    private static final String FAR_AWAY = "Pacific/Kiritimati";

    private final FleetSettings settings;
    private final String password;
    private final Path logs;
    private final TrialLog log;
    private final List<WorkerJvm> engines = new ArrayList<>();
    private final Thread hook = new Thread(this::close, "stop-engines");
    private boolean closed;

    FleetCrew(FleetSettings settings, String password, Path logs, TrialLog log) {
        this.settings = settings;
        this.password = password;
        this.logs = logs;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    void start(int size) {
        for (int i = 0; i < size; i++) {
            engines.add(launch(i, i == size - 1));
        }
    }

    private WorkerJvm launch(int index, boolean isOff) {
        synchronized (engines) {
            if (closed) {
                throw new IllegalStateException("the run is over");
            }
            return WorkerJvm.start(
                    FleetProcess.class,
                    (isOff ? settings.clockOffBy(OFF) : settings).arguments(),
                    isOff ? List.of("-Duser.timezone=" + FAR_AWAY) : List.of(),
                    isOff ? Map.of(Target.PASSWORD, password, "TZ", FAR_AWAY) : Map.of(Target.PASSWORD, password),
                    logs.resolve("engine-" + index + ".log"));
        }
    }

    /** SIGKILL for some that chance decides. */
    void kill(int count, Random random) {
        random.ints(0, engines.size())
                .distinct()
                .limit(count)
                .forEach(i -> engines.get(i).kill());
    }

    /** Starts those again that were killed. */
    void replaceTheDead() {
        for (int i = 0; i < engines.size(); i++) {
            WorkerJvm engine = engines.get(i);
            if (!engine.isAlive()) {
                if (!engine.wasKilled()) {
                    log.find("engine " + i + " ended on its own with " + engine.exitValue() + "; its log is "
                            + engine.log());
                }
                engines.set(i, launch(i, i == engines.size() - 1));
            }
        }
    }

    /** SIGKILL for all of them. Safe to call twice. */
    @Override
    public void close() {
        synchronized (engines) {
            closed = true;
            engines.forEach(WorkerJvm::kill);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending
        }
    }
}
