package io.headrace.benchmarks.idle;

import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Sql;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The CPU that the processes of a server on this machine have used: its own, and the sessions in one database. What a process used
 * that has ended in between is not known.
 *
 * @param byProcess by their ids; empty if the server is elsewhere, or does not belong to this user
 */
record ServerCpu(Map<Long, Duration> byProcess) {

    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "::1");
    private static final String PROCESSES = "SELECT pid::bigint AS pid FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND (datname IS NULL OR datname = '%s')";

    static ServerCpu of(FreshDatabase database, Sql outside) {
        Map<Long, Duration> used = new HashMap<>();
        if (HERE.contains(database.host())) {
            outside.rows(PROCESSES.formatted(database.name()), row -> row.get("pid", Long.class)).stream()
                    .flatMap(pid -> ProcessHandle.of(Objects.requireNonNull(pid)).stream())
                    // The id may be one of another machine, or of a container.
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                    .forEach(process ->
                            process.info().totalCpuDuration().ifPresent(cpu -> used.put(process.pid(), cpu)));
        }
        return new ServerCpu(used);
    }

    /** In seconds; empty if it is not known. */
    Optional<Double> secondsSince(ServerCpu before) {
        return byProcess.isEmpty()
                ? Optional.empty()
                : Optional.of(byProcess.entrySet().stream()
                        .map(process -> process.getValue()
                                .minus(before.byProcess.getOrDefault(process.getKey(), Duration.ZERO)))
                        .mapToDouble(used -> used.toNanos() / 1e9)
                        .sum());
    }
}
