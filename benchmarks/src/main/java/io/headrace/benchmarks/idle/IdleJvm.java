package io.headrace.benchmarks.idle;

import io.headrace.benchmarks.process.Target;
import io.headrace.benchmarks.run.JavaCommand;
import io.headrace.benchmarks.server.FreshDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** An {@link IdleProcess}, seen from outside. It ends with this process at the latest, since it reads from it. */
final class IdleJvm implements AutoCloseable {

    private final Process process;

    private IdleJvm(Process process) {
        this.process = process;
    }

    /** Starts it on a database and returns when its engines have started. */
    static IdleJvm start(FreshDatabase database, Idle idle) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of(),
                        IdleProcess.class,
                        List.of(
                                database.host() + ":" + database.port(),
                                database.name(),
                                database.user(),
                                Integer.toString(idle.engines()),
                                Integer.toString(idle.queues()))))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(Target.PASSWORD, database.password());
        IdleJvm jvm = new IdleJvm(builder.start());
        String line = jvm.process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!IdleProcess.READY.equals(line)) {
            jvm.close();
            throw new IOException("the process with the idle engines said: " + line);
        }
        return jvm;
    }

    /**
     * So far.
     *
     * @throws IllegalStateException if it has ended, or if the system does not say
     */
    Duration cpu() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the process with the idle engines has ended");
        }
        return process.info()
                .totalCpuDuration()
                .orElseThrow(() -> new IllegalStateException("this system does not say what CPU a process has used"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
