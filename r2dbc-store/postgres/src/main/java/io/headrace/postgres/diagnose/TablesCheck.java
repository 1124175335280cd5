package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.SchemaName;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** How large the tables are, and whether they are vacuumed. */
final class TablesCheck implements Check {

    private static final int LARGEST = 5;

    private final Queries queries;
    private final SchemaName schema;

    TablesCheck(Queries queries, SchemaName schema) {
        this.queries = queries;
        this.schema = schema;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return queries.rows("diagnose/tables", row -> {
                    hot(findings, row);
                    off(findings, row);
                    return Columns.text(row, "name") + " " + Words.bytes(Columns.number(row, "bytes"));
                })
                .doOnNext(sizes -> sizes(findings, sizes))
                .then();
    }

    private static void sizes(Findings findings, List<String> sizes) {
        if (!sizes.isEmpty()) {
            findings.reading(
                    "TABLE_SIZES",
                    "largest tables",
                    String.join(", ", sizes.subList(0, Math.min(LARGEST, sizes.size()))));
        }
    }

    private static void hot(Findings findings, Readable row) {
        if (Columns.flag(row, "hot")) {
            findings.reading(
                    "DEAD_ROWS",
                    "dead rows of " + Columns.text(row, "name"),
                    Words.count(Columns.number(row, "dead")) + " beside " + Words.count(Columns.number(row, "live"))
                            + " live ones, last vacuum: " + Moments.of(row.get("vacuumed_at", Instant.class)));
        }
    }

    private void off(Findings findings, Readable row) {
        if (Columns.integer(row, "off") > 0) {
            String table = schema.text() + "." + Columns.text(row, "name");
            findings.warning(
                    "AUTOVACUUM_OFF",
                    "Autovacuum is turned off for table " + table
                            + ". Its dead rows stay, and reads become slower with every job that has passed through",
                    "Run ALTER TABLE " + table + " RESET (autovacuum_enabled), for its partitions, too, if it has any");
        }
    }
}
