package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.faults.worker.WorkerProcess;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.process.WorkerJvm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The workers. One that dies is started again, as an orchestrator would do it; the first of them reaches the server
 * through the proxy. Used by one thread, save {@link #close()}.
 */
public final class Crew implements AutoCloseable {

    /** A zone as far from others as there is. */
    private static final String FAR_AWAY = "Pacific/Kiritimati";

    private final WorkerSettings settings;
    private final int proxyPort;
    private final Map<String, String> environment;
    private final Path logs;
    private final Notes notes;
    private final List<WorkerJvm> workers = new ArrayList<>();
    private final AtomicInteger restarts = new AtomicInteger();
    private volatile boolean closed;

    Crew(WorkerSettings settings, int proxyPort, Map<String, String> environment, Path logs, Notes notes) {
        this.settings = settings;
        this.proxyPort = proxyPort;
        this.environment = environment;
        this.logs = logs;
        this.notes = notes;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-workers"));
    }

    void start(int size) {
        for (int i = 0; i < size; i++) {
            workers.add(launch(i));
        }
    }

    private WorkerJvm launch(int index) {
        return launch(index, index == 0 ? settings.through(proxyPort) : settings, List.of(), environment);
    }

    private WorkerJvm launch(int index, WorkerSettings with, List<String> flags, Map<String, String> variables) {
        synchronized (workers) {
            if (closed) {
                throw new IllegalStateException("the run is over");
            }
            Path log = logs.resolve("worker-" + index + ".log");
            return WorkerJvm.start(WorkerProcess.class, with.arguments(), flags, variables, log);
        }
    }

    /** The one behind the proxy. */
    public WorkerJvm first() {
        return workers.get(0);
    }

    public WorkerJvm any(Random random) {
        return workers.get(random.nextInt(workers.size()));
    }

    List<Long> pids() {
        return workers.stream().map(WorkerJvm::pid).toList();
    }

    int restarts() {
        return restarts.get();
    }

    /** Starts those again that have died. */
    public void replaceTheDead() {
        for (int i = 0; i < workers.size(); i++) {
            WorkerJvm worker = workers.get(i);
            if (!worker.isAlive()) {
                if (!worker.wasKilled() && worker.exitValue() != WorkerProcess.POISONED) {
                    notes.find("worker " + i + ", pid " + worker.pid() + ", ended with " + worker.exitValue()
                            + ", which nobody wanted; its log is " + worker.log());
                }
                workers.set(i, launch(i));
                restarts.incrementAndGet();
            }
        }
    }

    /** Kills these and starts others in their places. */
    void killAndReplace(List<Long> pids) {
        workers.stream().filter(worker -> pids.contains(worker.pid())).forEach(WorkerJvm::kill);
        replaceTheDead();
    }

    /** Puts one whose clock is off and whose time zone is another into the last one's place. */
    public WorkerJvm replaceLastByOneOffBy(Duration offset) {
        int last = workers.size() - 1;
        workers.get(last).kill();
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("TZ", FAR_AWAY);
        workers.set(last, launch(last, settings.clockOffBy(offset), List.of("-Duser.timezone=" + FAR_AWAY), variables));
        restarts.incrementAndGet();
        return workers.get(last);
    }

    /** Puts one that works on large jobs alone, in a small heap, into the last one's place. */
    public WorkerJvm replaceLastByHeavyOne(int heapMebibytes) {
        int last = workers.size() - 1;
        workers.get(last).kill();
        workers.set(last, launch(last, settings.heavy(), List.of("-Xmx" + heapMebibytes + "m"), environment));
        restarts.incrementAndGet();
        return workers.get(last);
    }

    @Override
    public void close() {
        synchronized (workers) {
            closed = true;
            workers.forEach(WorkerJvm::kill);
        }
    }
}
