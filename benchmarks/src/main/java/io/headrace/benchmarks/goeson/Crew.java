package io.headrace.benchmarks.goeson;

import io.headrace.benchmarks.goeson.worker.Duty;
import io.headrace.benchmarks.goeson.worker.WorkerProcess;
import io.headrace.benchmarks.goeson.worker.WorkerSettings;
import io.headrace.benchmarks.process.Target;
import io.headrace.benchmarks.process.WorkerJvm;
import io.headrace.benchmarks.server.FreshDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Worker processes; one that dies is started again. Used by one thread, save {@link #close()}. */
final class Crew implements AutoCloseable {

    private final FreshDatabase database;
    private final WorkerSettings settings;
    private final Path logs;
    private final List<WorkerJvm> workers = new ArrayList<>();
    private final Thread hook = new Thread(this::kill, "stop-workers");
    private boolean closed;
    private boolean forgotten;

    private Crew(FreshDatabase database, WorkerSettings settings, Path logs) {
        this.database = database;
        this.settings = settings;
        this.logs = logs;
    }

    /** In a database that has the engine's schema. */
    static Crew start(FreshDatabase database, Duty duty, int size) throws IOException {
        Target target = new Target(database.host() + ":" + database.port(), database.name(), database.user());
        Crew crew =
                new Crew(database, new WorkerSettings(target, duty), Files.createTempDirectory("headrace-goes-on-"));
        Runtime.getRuntime().addShutdownHook(crew.hook);
        for (int i = 0; i < size; i++) {
            crew.workers.add(crew.launch(i));
        }
        return crew;
    }

    private WorkerJvm launch(int index) {
        synchronized (workers) {
            if (closed) {
                throw new IllegalStateException("the run is over");
            }
            return WorkerJvm.start(
                    WorkerProcess.class,
                    settings.arguments(),
                    List.of(),
                    Map.of(Target.PASSWORD, database.password()),
                    logs.resolve("worker-" + index + ".log"));
        }
    }

    WorkerJvm any(Random random) {
        return workers.get(random.nextInt(workers.size()));
    }

    /**
     * Starts those again that were killed.
     *
     * @throws IllegalStateException if one ended by itself
     */
    void replaceTheDead() {
        for (int i = 0; i < workers.size(); i++) {
            WorkerJvm worker = workers.get(i);
            if (!worker.isAlive()) {
                if (!worker.wasKilled()) {
                    throw new IllegalStateException(
                            "a worker ended by itself with " + worker.exitValue() + "; its log is " + worker.log());
                }
                workers.set(i, launch(i));
            }
        }
    }

    /** Where the workers log. */
    Path logs() {
        return logs;
    }

    private void kill() {
        synchronized (workers) {
            closed = true;
            workers.forEach(WorkerJvm::kill);
        }
    }

    /** All is well: nobody needs to read what they logged. */
    void forgetLogs() {
        forgotten = true;
    }

    private void deleteLogs() {
        try {
            for (int i = 0; i < workers.size(); i++) {
                Files.deleteIfExists(logs.resolve("worker-" + i + ".log"));
            }
            Files.delete(logs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills all of them. */
    @Override
    public void close() {
        kill();
        if (forgotten) {
            deleteLogs();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending
        }
    }
}
