package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.StatementFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The statements in their files: whole, understood by every server, and nothing in them written twice. */
class StatementsTest {

    static List<TestServer> servers() {
        return TestServer.all();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void areAllUnderstood(TestServer server) {
        TestSchema schema = new TestSchema(server);
        try {
            StatementFolder folder = new StatementFolder(Statements.FOLDER, new SchemaName(schema.name()));
            List<String> names = names().filter(name -> !isPart(name)).toList();
            for (String name : names) {
                schema.execute("PREPARE " + name.replace('/', '_') + " AS " + folder.statement(name));
            }
            assertThat(names).hasSize(29);
        } finally {
            schema.close();
        }
    }

    /** As the server sees it, parts and all. */
    @Test
    void areWhole() {
        StatementFolder folder = new StatementFolder(Statements.FOLDER, SchemaName.DEFAULT);

        assertThat(folder.statement("upkeep/unregister")).isEqualTo("""
                        WITH gone AS (
                        DELETE FROM headrace.worker WHERE id = $1
                        ), unheard AS (
                        DELETE FROM headrace.cancellation WHERE worker = $1
                        ), dissolved AS (
                        DELETE FROM headrace.lease WHERE worker = $1
                        RETURNING queue, kind, priority, run_at, attempt - 1 AS attempt, suspicion,
                        (SELECT sum(upper(r) - lower(r)) FROM unnest(jobs) AS r) AS size, jobs
                        ), returned AS (
                        INSERT INTO headrace.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
                        SELECT s.queue, s.kind, s.priority, s.run_at, s.attempt, s.suspicion, s.size, s.jobs
                        FROM dissolved s
                        RETURNING queue
                        )
                        SELECT count(pg_notify('headrace', '<' || due.queue)) AS woken
                        FROM (SELECT DISTINCT queue FROM returned) AS due
                        WHERE EXISTS (SELECT FROM headrace.worker w WHERE w.id <> $1 AND due.queue = ANY (w.waiting))\
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO ${schema}.pending",
                "INSERT INTO ${schema}.tombstone",
                "= ANY (w.waiting)",
                "jsonb_agg(jsonb_build_object("
            })
    void areWrittenOnce(String text) {
        assertThat(names().filter(name -> text(name).contains(text))).hasSize(1);
    }

    @Test
    void includeEveryPart() {
        List<String> texts = names().map(StatementsTest::text).toList();

        assertThat(names().filter(StatementsTest::isPart))
                .isNotEmpty()
                .allSatisfy(part -> assertThat(texts)
                        .anySatisfy(
                                text -> assertThat(text).contains("${include " + part.substring("part/".length()))));
    }

    private static boolean isPart(String name) {
        return name.startsWith("part/");
    }

    private static Stream<String> names() {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> file.endsWith(".sql"))
                    .map(file -> file.replace(".sql", "").replace('\\', '/'))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        try {
            return Files.readString(folder().resolve(name + ".sql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(
                                    StatementFolder.class.getResource(Statements.FOLDER + "/part/pending.sql"))
                            .toURI())
                    .getParent()
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
