package io.headrace.benchmarks.tombstones;

import io.headrace.benchmarks.server.Sql;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks over the server's shoulder as often as it can: how long the transactions of each application last, for how long of
 * that they hold locks on rows (they have an id of their own then), and how long they wait for those of others. What is
 * shorter than the time between two looks may be missed; {@link #longestGapMillis()} says how long that was.
 */
final class LockWatch implements AutoCloseable {

    private static final String LOOK = """
            SELECT a.application_name AS application, a.query LIKE '%.pruned %' AS prunes, a.backend_xid::text AS xid,
                   (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now,
                   (extract(epoch FROM clock_timestamp() - a.xact_start) * 1000)::float8 AS lasts,
                   coalesce(extract(epoch FROM clock_timestamp() - l.waitstart) * 1000, 0)::float8 AS waits
            FROM pg_stat_activity a
            LEFT JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted
            WHERE a.datname = current_database() AND a.xact_start IS NOT NULL AND a.pid <> pg_backend_pid()
              AND a.backend_type = 'client backend'
            """;

    private final Connection connection;
    private final Thread thread = new Thread(this::watchUntilClosed, "lock-watch");
    private final Map<Who, Longest> seen = new ConcurrentHashMap<>();
    private final Map<String, Double> lockedSince = new ConcurrentHashMap<>();
    private volatile boolean closed;
    private volatile double longestGapMillis;
    private volatile @Nullable RuntimeException failure;

    /** Of whom: an application, and whether in a statement that prunes. */
    private record Who(String application, boolean prunes) {}

    /** In ms. */
    record Longest(double transaction, double locks, double waiting, int looks) {

        static final Longest NOTHING = new Longest(0, 0, 0, 0);

        Longest plus(Longest other) {
            return new Longest(
                    Math.max(transaction, other.transaction),
                    Math.max(locks, other.locks),
                    Math.max(waiting, other.waiting),
                    looks + other.looks);
        }
    }

    private LockWatch(Connection connection) {
        this.connection = connection;
    }

    static LockWatch start(Sql sql) {
        LockWatch watch = new LockWatch(sql.open());
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watchUntilClosed() {
        try {
            watch();
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void watch() {
        long last = System.nanoTime();
        while (!closed) {
            List<Integer> rows = Flux.from(connection.createStatement(LOOK).execute())
                    .concatMap(result -> result.map(this::note))
                    .collectList()
                    .block();
            long now = System.nanoTime();
            if (rows != null) {
                longestGapMillis = Math.max(longestGapMillis, (now - last) / 1e6);
            }
            last = now;
        }
    }

    private int note(Readable row) {
        Who who = new Who(
                Objects.requireNonNullElse(row.get("application", String.class), ""),
                Boolean.TRUE.equals(row.get("prunes", Boolean.class)));
        Longest now = new Longest(
                number(row.get("lasts", Double.class)),
                locks(row.get("xid", String.class), number(row.get("now", Double.class))),
                number(row.get("waits", Double.class)),
                1);
        return seen.merge(who, now, Longest::plus).looks();
    }

    /** Since it was first seen with an id. */
    private double locks(@Nullable String xid, double now) {
        return xid == null ? 0 : now - lockedSince.computeIfAbsent(xid, first -> now);
    }

    private static double number(@Nullable Double value) {
        return Objects.requireNonNullElse(value, 0.0);
    }

    /** Of an application, whatever it did. */
    Longest of(String application) {
        return seen.entrySet().stream()
                .filter(entry -> entry.getKey().application.equals(application))
                .map(Map.Entry::getValue)
                .reduce(Longest.NOTHING, Longest::plus);
    }

    /** Of an application's statements that prune. */
    Longest pruning(String application) {
        return seen.getOrDefault(new Who(application, true), Longest.NOTHING);
    }

    double longestGapMillis() {
        return longestGapMillis;
    }

    /** @throws IllegalStateException if the watch had ended before, so that what it saw says nothing */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Mono.from(connection.close()).block();
        if (failure != null) {
            throw new IllegalStateException("the locks could not be watched", failure);
        }
    }
}
