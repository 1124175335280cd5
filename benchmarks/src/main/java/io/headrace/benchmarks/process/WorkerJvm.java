package io.headrace.benchmarks.process;

import io.headrace.benchmarks.run.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
    private final Path log;
    private final long loggedBefore;
    private volatile boolean killed;

    private WorkerJvm(Process process, Path log, long loggedBefore) {
        this.process = process;
        this.log = log;
        this.loggedBefore = loggedBefore;
    }

    /**
     * Starts one.
     *
     * @param main calls {@link ParentProcess#awaitEnd}
     * @param flags further ones for the JVM
     * @param environment further variables
     * @param log what it logs is appended there
     */
    public static WorkerJvm start(
            Class<?> main, List<String> arguments, List<String> flags, Map<String, String> environment, Path log) {
        List<String> all = new ArrayList<>(FLAGS);
        all.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(all, main, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            long before = Files.exists(log) ? Files.size(log) : 0;
            return new WorkerJvm(builder.start(), log, before);
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

    /** Whether it was killed by us. */
    public boolean wasKilled() {
        return killed;
    }

    /** Where it logs, after those that it replaced. */
    public Path log() {
        return log;
    }

    /** Whether it has logged something that contains this. */
    public boolean hasLogged(String text) {
        try (InputStream in = Files.newInputStream(log)) {
            in.skipNBytes(loggedBefore);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        killed = true;
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
