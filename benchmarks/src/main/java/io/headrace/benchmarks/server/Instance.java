package io.headrace.benchmarks.server;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One data folder with its port, and {@code pg_ctl} for it. Blocks; {@link EmbeddedServer} calls it by one thread at a time.
 *
 * @param binaries the folder somewhere below which {@code pg_ctl} is
 * @param logs where the server and {@code pg_ctl} log
 */
record Instance(Path binaries, Path data, int port, Path logs) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    ConnectionFactoryOptions options() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, "localhost")
                .option(ConnectionFactoryOptions.PORT, port)
                .option(ConnectionFactoryOptions.USER, "postgres")
                .option(ConnectionFactoryOptions.DATABASE, "postgres")
                .build();
    }

    /** Statements on this server, whatever its role. */
    Sql sql() {
        return new Sql(options(), Map.of(), PATIENCE);
    }

    boolean isRunning() {
        return Files.exists(data.resolve("postmaster.pid"));
    }

    void start(Map<String, String> settings) {
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        String log = logs.resolve("server-" + port + ".log").toString();
        control(List.of("-o", options, "-l", log, "-w", "start"));
    }

    void stop(String mode) {
        control(List.of("-m", mode, "-w", "stop"));
    }

    /** Returns when the server was told, which is before it takes writes. */
    void promote() {
        control(List.of("-W", "promote"));
    }

    /** By {@code pg_ctl}, which refuses root, hence a user namespace, as the library does it. */
    private void control(List<String> arguments) {
        Path log = logs.resolve("control.log");
        try (Stream<Path> files = Files.walk(binaries)) {
            Path program = files.filter(file -> file.endsWith(Path.of("bin", "pg_ctl")))
                    .findFirst()
                    .orElseThrow();
            List<String> command = new ArrayList<>();
            if ("root".equals(System.getProperty("user.name"))) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(program.toString(), "-D", data.toString()));
            command.addAll(arguments);
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        "pg_ctl " + arguments + " ended with " + process.exitValue() + ": " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while pg_ctl was at work", e);
        }
    }
}
