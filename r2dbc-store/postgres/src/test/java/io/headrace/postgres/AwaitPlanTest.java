package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Registrations that have come and gone are not walked, even if nothing can be cleared away, and nor are tombstones or results. */
class AwaitPlanTest {

    private static final int GONE = 20_000;
    private static final int MOST_PAGES = 60;

    @OnEachServer
    void whatHasGoneIsNotWalked(TestServer server) throws SQLException {
        TestSchema schema = new TestSchema(server);
        Statements sql = Statements.of(new SchemaName(schema.name()));
        try (Connection reader = server.jdbc();
                Connection worker = server.jdbc();
                Statement statement = worker.createStatement()) {
            statement.execute(Connections.MOVING);
            statement.execute("PREPARE await AS " + sql.named("result/await"));
            statement.execute("PREPARE ends AS " + sql.named("result/ends"));
            statement.execute("PREPARE tell AS " + sql.named("settle/tell"));
            statement.execute(await(1, 1));
            statement.execute(ends(1));
            statement.execute(tell(1));
            PlanPages.holdSnapshot(reader);
            schema.execute(("INSERT INTO SCHEMA.waiter SELECT n, n % 3, now() + interval '1 hour'"
                            + " FROM generate_series(1, GONE) AS n ON CONFLICT DO NOTHING; DELETE FROM SCHEMA.waiter;"
                            + " INSERT INTO SCHEMA.result SELECT n, '1' FROM generate_series(1, GONE) AS n;"
                            + " INSERT INTO SCHEMA.tombstone (job, died_at, attempt, priority, state, queue, kind, payload, failures)"
                            + " SELECT n, now(), 1, 4, 'FAILED', 'default', 'grind', '{}',"
                            + " '[{\"attempt\": 1, \"worker\": 1}]' FROM generate_series(1, GONE) AS n")
                    .replace("SCHEMA", schema.name())
                    .replace("GONE", Integer.toString(GONE)));

            assertThat(PlanPages.of(statement, await(GONE + 1, GONE))).isLessThan(MOST_PAGES);
            assertThat(schema.number("SELECT count(*) FROM %s.waiter")).isOne();
            assertThat(PlanPages.of(statement, tell(GONE + 1))).isLessThan(MOST_PAGES);
            assertThat(PlanPages.of(statement, ends(GONE))).isLessThan(MOST_PAGES);
        } finally {
            schema.close();
        }
    }

    private static String await(int job, int noMore) {
        return "EXECUTE await(7, '{" + job + "}', '{" + noMore + "}', 60000, true, 1000)";
    }

    private static String ends(int job) {
        return "EXECUTE ends('{" + job + "}', '{" + (job - 1) + "}', true)";
    }

    private static String tell(int job) {
        return "EXECUTE tell('{" + job + "," + (job - 1) + "}', '{true,false}', '{8}')";
    }
}
