package io.headrace.benchmarks.server;

import io.headrace.benchmarks.run.Waiting;
import io.r2dbc.spi.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a server becomes the synchronous standby of another, and how it ceases to be it. Blocks. */
final class Standby {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);
    private static final String SLOT = "headrace_standby";

    private Standby() {}

    /** Makes a copy of a primary, and starts it; returns when each commit waits for it. */
    static void start(Instance primary, Instance standby, Map<String, String> settings) throws IOException {
        Sql sql = primary.sql();
        forgetSlot(sql);
        sql.run("SELECT slot_name FROM pg_create_physical_replication_slot('" + SLOT + "', true)");
        BaseBackup.take(primary, standby.data());
        Files.writeString(
                standby.data().resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=localhost port=" + primary.port() + " user=postgres'\nprimary_slot_name = '"
                        + SLOT + "'\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        Files.createFile(standby.data().resolve("standby.signal"));
        standby.start(settings);
        synchronous(sql, "'*'");
        Waiting.require(
                "commits wait for the standby",
                PATIENCE,
                () -> sql.number("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1);
        // Sent and received in order: who has this has everything that was acknowledged before commits began to wait.
        String written = sql.text("SELECT pg_current_wal_flush_lsn()::text");
        Waiting.require(
                "the standby has what was written before",
                PATIENCE,
                () -> sql.number("SELECT count(*) FROM pg_stat_replication WHERE flush_lsn >= '" + written + "'") == 1);
    }

    /**
     * Asks without end, over one connection, whether it takes writes.
     *
     * @return the moment of the first answer that it does, by its own clock
     */
    static String promote(Instance standby) {
        Connection connection = standby.sql().open();
        try {
            standby.promote();
            long began = System.nanoTime();
            while (Waiting.secondsSince(began) < PATIENCE.toSeconds()) {
                String answer = Flux.from(connection
                                .createStatement(
                                        "SELECT CASE WHEN pg_is_in_recovery() THEN '' ELSE clock_timestamp()::text END")
                                .execute())
                        .concatMap(result -> result.map(row -> Objects.requireNonNull(row.get(0, String.class))))
                        .blockLast(PATIENCE);
                if (answer != null && !answer.isEmpty()) {
                    return answer;
                }
                Waiting.pass(LOOK_EVERY);
            }
            throw new IllegalStateException("the standby did not become a primary in " + PATIENCE);
        } finally {
            Mono.from(connection.close()).block(PATIENCE);
        }
    }

    /** Stops one. */
    static void remove(Instance primary, Instance standby) {
        Sql sql = primary.sql();
        synchronous(sql, "''");
        standby.stop("fast");
        forgetSlot(sql);
    }

    private static void synchronous(Sql primary, String names) {
        primary.run("ALTER SYSTEM SET synchronous_standby_names = " + names);
        primary.run("SELECT pg_reload_conf()");
    }

    /** Of a standby that is gone. */
    private static void forgetSlot(Sql primary) {
        Waiting.require(
                "nobody uses the slot",
                PATIENCE,
                () -> primary.number("SELECT count(*) FROM pg_replication_slots WHERE active") == 0);
        primary.run("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + SLOT
                + "'");
    }
}
