package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements in their files: whole, understood by every server, and nothing in them written twice. */
class StatementsTest {

    @OnEachServer
    void areAllUnderstood(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            Statements statements = Statements.of(new SchemaName(schema.name()));
            for (String name : StatementFiles.statements()) {
                schema.execute("PREPARE " + name.replace('/', '_') + " AS " + statements.named(name));
            }
        } finally {
            schema.close();
        }
    }

    @Test
    void areAllUsed() {
        Set<String> asked = new TreeSet<>();
        Statements noted = name -> {
            asked.add(name);
            return "SELECT 1";
        };
        PostgresJobStore.builder(TestServer.newest().connectionFactory())
                .statements(noted)
                .build()
                .close()
                .block();

        assertThat(asked).contains("claim/claim").containsExactlyElementsOf(StatementFiles.statements());
    }

    /** As the server sees it, parts and all. */
    @Test
    void areWhole() {
        assertThat(Statements.of(SchemaName.DEFAULT).named("upkeep/unregister")).isEqualTo("""
                        WITH gone AS (
                        DELETE FROM headrace.worker WHERE id = $1 RETURNING id
                        ), marked AS (
                        UPDATE headrace.engine_mark SET ended_at = now(), ending = 'STOPPED'
                        WHERE worker = $1 AND ended_at IS NULL AND (SELECT count(*) FROM gone) >= 0
                        ), unheard AS (
                        DELETE FROM headrace.cancellation WHERE worker = $1 AND (SELECT count(*) FROM gone) >= 0
                        ), dissolved AS (
                        DELETE FROM headrace.lease WHERE worker = $1
                        RETURNING queue, kind, priority, run_at, attempt - 1 AS attempt, suspicion,
                        (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS size, jobs
                        ), returned AS (
                        INSERT INTO headrace.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
                        SELECT s.queue, s.kind, s.priority, s.run_at, s.attempt, s.suspicion, s.size, s.jobs
                        FROM dissolved s
                        RETURNING queue, run_at
                        )
                        SELECT count(pg_notify('headrace', CASE WHEN soon.ms > 0 THEN '+' || soon.ms::text || ' ' ELSE '<' END || soon.queue)) AS woken
                        FROM (SELECT queue, ceil(extract(epoch FROM min(run_at) - statement_timestamp())::float8 * 1000::float8)::bigint AS ms
                        FROM returned WHERE run_at < statement_timestamp() + interval '30 seconds' GROUP BY queue) AS soon,
                        LATERAL (SELECT CASE WHEN soon.ms > 0 THEN 0::bigint ELSE $1::bigint END AS id) AS but
                        WHERE EXISTS (SELECT FROM headrace.worker w WHERE soon.queue = ANY (w.idle_queues) AND w.id <> but.id)\
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO ${schema}.pending",
                "INSERT INTO ${schema}.tombstone",
                "= ANY (w.idle_queues)",
                "jsonb_agg(jsonb_build_object("
            })
    void areWrittenOnce(String text) {
        assertThat(StatementFiles.all().stream()
                        .filter(name -> StatementFiles.text(name).contains(text)))
                .hasSize(1);
    }

    @Test
    void includeEveryPart() {
        List<String> texts =
                StatementFiles.all().stream().map(StatementFiles::text).toList();

        assertThat(StatementFiles.parts())
                .isNotEmpty()
                .allSatisfy(part ->
                        assertThat(texts).anySatisfy(text -> assertThat(text).contains("${include " + part)));
    }
}
