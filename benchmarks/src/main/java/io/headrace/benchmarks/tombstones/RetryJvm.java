package io.headrace.benchmarks.tombstones;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.benchmarks.run.JavaCommand;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.Objects;

/** The {@link RetryProcess}, seen from outside. It outlives this process by at most one retry, since it reads from it. */
final class RetryJvm implements AutoCloseable {

    private static final String STANDARD_PORT = "5432";

    private final Process process;
    private final BufferedReader says;

    private RetryJvm(Process process) {
        this.process = process;
        this.says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Returns when it is connected. */
    static RetryJvm start(Yard yard, TombstoneSettings settings) throws IOException {
        ConnectionFactoryOptions options = yard.server().options();
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx" + settings.heapMib() + "m", "-XX:+UseSerialGC"),
                        RetryProcess.class,
                        List.of(
                                options.getRequiredValue(ConnectionFactoryOptions.HOST)
                                        .toString(),
                                Objects.toString(options.getValue(ConnectionFactoryOptions.PORT), STANDARD_PORT),
                                options.getRequiredValue(ConnectionFactoryOptions.DATABASE)
                                        .toString(),
                                options.getRequiredValue(ConnectionFactoryOptions.USER)
                                        .toString(),
                                yard.schema(),
                                Boolean.toString(settings.isBulk()))))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(RetryProcess.PASSWORD, Objects.toString(options.getValue(ConnectionFactoryOptions.PASSWORD), ""));
        RetryJvm jvm = new RetryJvm(builder.start());
        String line = jvm.line();
        if (!line.equals(RetryProcess.READY)) {
            jvm.close();
            throw new IOException("the process that retries said: " + line);
        }
        return jvm;
    }

    private String line() throws IOException {
        String line = says.readLine();
        if (line == null) {
            throw new IOException("the process that retries has ended");
        }
        return line;
    }

    /** Blocks until all are retried. */
    RetryAnswer retry() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        return RetryAnswer.parse(line());
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
