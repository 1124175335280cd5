package io.headrace.benchmarks.faults.worker;

import io.headrace.benchmarks.process.Target;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.List;

/**
 * What a worker process is told, on its command line; the password comes in its environment.
 *
 * @param engine how the engine reaches the server, perhaps through a proxy
 * @param ledger how the ledger is reached, always directly
 * @param clockOffset by how much the engine's clock is off
 * @param duty what it works on
 */
public record WorkerSettings(
        Target engine, Target ledger, String schema, Timing timing, Duration clockOffset, Duty duty) {

    /** The engine's intervals. */
    public record Timing(Duration heartbeat, Duration expiry, Duration sweep) {}

    /** What a worker works on. */
    public enum Duty {
        /** On what all work on. */
        COMMON,
        /** Also on the queue of those jobs that measure how soon a worker hears of them. */
        COMMON_AND_QUIET,
        /** On large jobs alone, as many at a time as there are. */
        HEAVY
    }

    /** The same by way of a proxy on this host; who is behind it serves the quiet queue. */
    public WorkerSettings through(int proxyPort) {
        return new WorkerSettings(
                engine.at("localhost:" + proxyPort), ledger, schema, timing, clockOffset, Duty.COMMON_AND_QUIET);
    }

    /** The same with a clock that is off. */
    public WorkerSettings clockOffBy(Duration offset) {
        return new WorkerSettings(engine, ledger, schema, timing, offset, duty);
    }

    /** The same for large jobs. */
    public WorkerSettings heavy() {
        return new WorkerSettings(engine, ledger, schema, timing, clockOffset, Duty.HEAVY);
    }

    /** What {@link #parse} reads. */
    public List<String> arguments() {
        return List.of(
                engine.hosts(),
                ledger.hosts(),
                ledger.database(),
                ledger.user(),
                schema,
                timing.heartbeat.toString(),
                timing.expiry.toString(),
                timing.sweep.toString(),
                clockOffset.toString(),
                duty.name());
    }

    static WorkerSettings parse(String[] args) {
        Target ledger = new Target(args[1], args[2], args[3]);
        return new WorkerSettings(
                ledger.at(args[0]),
                ledger,
                args[4],
                new Timing(Duration.parse(args[5]), Duration.parse(args[6]), Duration.parse(args[7])),
                Duration.parse(args[8]),
                Duty.valueOf(args[9]));
    }

    ConnectionFactoryOptions engineOptions() {
        return engine.options();
    }

    ConnectionFactoryOptions ledgerOptions() {
        return ledger.options();
    }
}
