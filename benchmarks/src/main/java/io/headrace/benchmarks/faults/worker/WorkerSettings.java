package io.headrace.benchmarks.faults.worker;

import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What a worker process is told, on its command line; the password comes in its environment.
 *
 * @param port by which the engine reaches the server, perhaps through a proxy
 * @param ledgerPort by which the ledger is reached, always directly
 * @param clockOffset by how much the engine's clock is off
 */
public record WorkerSettings(
        Target target, int port, int ledgerPort, String schema, Timing timing, Duration clockOffset) {

    /** The environment variable with the password. */
    public static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    /** Who connects to what. */
    public record Target(String host, String database, String user) {}

    /** The engine's intervals. */
    public record Timing(Duration heartbeat, Duration expiry, Duration sweep) {}

    /** The same through another port. */
    public WorkerSettings through(int other) {
        return new WorkerSettings(target, other, ledgerPort, schema, timing, clockOffset);
    }

    /** The same with a clock that is off. */
    public WorkerSettings clockOffBy(Duration offset) {
        return new WorkerSettings(target, port, ledgerPort, schema, timing, offset);
    }

    /** Whether a proxy is on the way; who is behind it serves the quiet queue. */
    boolean isProxied() {
        return port != ledgerPort;
    }

    /** What {@link #parse} reads. */
    public List<String> arguments() {
        return List.of(
                target.host,
                target.database,
                target.user,
                Integer.toString(port),
                Integer.toString(ledgerPort),
                schema,
                timing.heartbeat.toString(),
                timing.expiry.toString(),
                timing.sweep.toString(),
                clockOffset.toString());
    }

    static WorkerSettings parse(String[] args) {
        return new WorkerSettings(
                new Target(args[0], args[1], args[2]),
                Integer.parseInt(args[3]),
                Integer.parseInt(args[4]),
                args[5],
                new Timing(Duration.parse(args[6]), Duration.parse(args[7]), Duration.parse(args[8])),
                Duration.parse(args[9]));
    }

    ConnectionFactoryOptions engineOptions() {
        return options(port);
    }

    ConnectionFactoryOptions ledgerOptions() {
        return options(ledgerPort);
    }

    private ConnectionFactoryOptions options(int at) {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, target.host)
                .option(ConnectionFactoryOptions.PORT, at)
                .option(ConnectionFactoryOptions.DATABASE, target.database)
                .option(ConnectionFactoryOptions.USER, target.user)
                .option(ConnectionFactoryOptions.PASSWORD, Objects.requireNonNullElse(System.getenv(PASSWORD), ""))
                .build();
    }
}
