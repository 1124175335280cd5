package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.run.JavaCommand;
import io.headrace.benchmarks.server.FreshDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A {@link RequestsApp}, seen from outside. It ends with this process at the latest, since it reads from it. */
final class AppJvm implements AutoCloseable {

    private final Process process;
    private final int port;

    private AppJvm(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it on a database and returns when it answers. */
    static AppJvm start(FreshDatabase database) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of(),
                        RequestsApp.class,
                        List.of(
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--spring.main.banner-mode=off",
                                "--spring.r2dbc.url=r2dbc:postgresql://" + database.host() + ":" + database.port() + "/"
                                        + database.name(),
                                "--spring.r2dbc.username=" + database.user())))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("SPRING_R2DBC_PASSWORD", database.password());
        Process process = builder.start();
        try {
            return new AppJvm(process, port(process));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static int port(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(RequestsApp.READY)) {
                return Integer.parseInt(line.substring(RequestsApp.READY.length()));
            }
        }
        throw new IOException("the service has ended before it answered");
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
