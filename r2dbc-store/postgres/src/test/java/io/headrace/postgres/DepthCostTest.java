package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.QueueDepth;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;

/** However much waits, a reading of the depths costs about the same, and what it extrapolates is about right. */
@Tag("slow")
class DepthCostTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int JOBS = 300_000;
    private static final int MOST_PAGES = 1_024;

    /** Beside the sample: the probes of the index, the small tables, the catalog. */
    private static final int OTHER_PAGES = 300;

    /** Every job a set of its own, two thirds of them in one queue; a quarter is due later. */
    private static void fill(TestSchema schema) {
        schema.execute(("WITH drawn AS (SELECT (1::bigint << 40) + n AS id, n,"
                        + " CASE WHEN n % 3 = 0 THEN 'weir' ELSE 'mill' END AS queue FROM generate_series(1, JOBS) AS n),"
                        + " stored AS (INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                        + " SELECT id, 4, queue, 'grind', '{}' FROM drawn)"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now() + CASE WHEN n % 4 = 0 THEN 1 ELSE -1 END * interval '1 hour', 0, 1, 4, 0, queue,"
                        + " 'grind', int8multirange(int8range(id, id, '[]')) FROM drawn")
                .replace("SCHEMA", schema.name())
                .replace("JOBS", Integer.toString(JOBS)));
    }

    @OnEachServer
    void aPartIsReadAndReckonedUp(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            fill(schema);
            List<QueueDepth> depths =
                    schema.store().inspector().depths().collectList().block(PATIENCE);

            assertThat(depths).extracting(QueueDepth::queue).containsExactly("mill", "weir");
            QueueDepth mill = depths.get(0);
            assertThat(mill.estimated()).isTrue();
            assertThat(mill.due()).isCloseTo(JOBS / 2, Percentage.withPercentage(20));
            assertThat(mill.scheduled()).isCloseTo(JOBS / 6, Percentage.withPercentage(20));
            assertThat(mill.oldestDue()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(65));
            assertThat(schema.number("SELECT pg_relation_size('%s.pending') / current_setting('block_size')::bigint"))
                    .isGreaterThan(2 * MOST_PAGES);
            assertThat(pagesOfAReading(schema)).isLessThan(MOST_PAGES + OTHER_PAGES);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private static long pagesOfAReading(TestSchema schema) {
        schema.execute("CREATE FUNCTION " + schema.name() + ".pages(statement text) RETURNS bigint LANGUAGE plpgsql AS"
                + " $$ DECLARE plan json; BEGIN EXECUTE 'EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ' || statement"
                + " INTO plan; RETURN (plan -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::bigint"
                + " + (plan -> 0 -> 'Plan' ->> 'Shared Read Blocks')::bigint; END $$");
        String depths = Statements.of(new SchemaName(schema.name())).named("operate/depths");
        return schema.number("SELECT %s.pages($statement$" + depths + "$statement$)");
    }
}
