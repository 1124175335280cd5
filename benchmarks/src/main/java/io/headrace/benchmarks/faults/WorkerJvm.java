package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.faults.worker.WorkerProcess;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.run.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process with an engine, seen from outside. It ends with this process at the latest, since it reads from it. */
public final class WorkerJvm {

    /** Small and quick to start: there are several, and they are killed. */
    private static final List<String> FLAGS = List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-XX:-UsePerfData",
            "-Dbenchmarks.log.level=INFO");

    private final Process process;

    private WorkerJvm(Process process) {
        this.process = process;
    }

    /**
     * @param flags further ones for the JVM
     * @param environment further variables
     * @param log what it logs is appended there
     */
    static WorkerJvm start(WorkerSettings settings, List<String> flags, Map<String, String> environment, Path log) {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(all, WorkerProcess.class, settings.arguments()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new WorkerJvm(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended; only once it has. */
    public int exitValue() {
        return process.exitValue();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGSTOP. */
    public void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill -" + name + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
