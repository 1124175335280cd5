package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** What the server is, and whether its settings let it keep what it promises. */
final class ServerCheck implements Check {

    private final Queries queries;

    ServerCheck(Queries queries) {
        this.queries = queries;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return queries.rows("diagnose/server", row -> {
                    server(findings, row);
                    settings(findings, row);
                    return true;
                })
                .then();
    }

    private static void server(Findings findings, Readable row) {
        findings.reading("SERVER_VERSION", "server", "PostgreSQL " + Columns.text(row, "version"));
        findings.reading("DATABASE", "database", Columns.text(row, "database"));
        findings.reading("ROLE", "role", Columns.text(row, "role"));
        Long wal = row.get("wal_bytes", Long.class);
        Instant since = row.get("wal_since", Instant.class);
        if (wal != null && since != null) {
            findings.reading("WAL", "WAL of all databases", Words.bytes(wal) + " since " + Moments.of(since));
        }
        if (Columns.flag(row, "standby")) {
            findings.error(
                    "READ_ONLY",
                    "The server is a standby, on which nothing can be written",
                    "Connect to the primary, such as with targetServerType=primary and several hosts");
        } else if (Columns.flag(row, "read_only")) {
            findings.error(
                    "READ_ONLY",
                    "Transactions of this role are read-only",
                    "Set default_transaction_read_only = off for the role or the database");
        }
    }

    private static void settings(Findings findings, Readable row) {
        String commit = Columns.text(row, "synchronous_commit");
        findings.reading("SYNCHRONOUS_COMMIT", "synchronous_commit", commit);
        if (commit.equals("off")) {
            findings.error(
                    "SYNCHRONOUS_COMMIT_OFF",
                    "synchronous_commit is off. If the server crashes, it loses the last enqueues and outcomes, although"
                            + " it has confirmed them",
                    "Run ALTER ROLE \"" + Columns.text(row, "role") + "\" SET synchronous_commit = on, and reconnect");
        }
        boolean autovacuum = Columns.flag(row, "autovacuum");
        boolean counts = Columns.flag(row, "track_counts");
        findings.reading("AUTOVACUUM", "autovacuum", autovacuum && counts ? "on" : "off");
        if (!autovacuum || !counts) {
            findings.warning(
                    "AUTOVACUUM_OFF",
                    (autovacuum
                                    ? "track_counts is off, so that autovacuum does not know what to do"
                                    : "autovacuum is off")
                            + ". Claims become slower with every job that has passed through",
                    "Set " + (autovacuum ? "track_counts" : "autovacuum")
                            + " = on in postgresql.conf and reload the server");
        }
    }
}
