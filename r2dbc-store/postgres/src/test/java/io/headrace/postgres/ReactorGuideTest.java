package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import courier.Letters;
import io.headrace.AuditReport;
import io.headrace.JobOperator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/guide-reactor.md shows is what stands in the package {@code courier}, and prints what is said. */
class ReactorGuideTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path GUIDE = Path.of("..", "..", "docs", "guide-reactor.md");
    private static final Path HERE = Path.of("src", "test", "java", "courier");
    private static final Pattern PROGRAM = Pattern.compile("```java src/\\S+\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PIECE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTED = Pattern.compile("```\n(to ada.*?)```", Pattern.DOTALL);

    @Test
    void theProgramIsCompiledHere() throws IOException {
        assertThat(blocks(PROGRAM)).containsExactly(Files.readString(HERE.resolve("Letters.java")));
    }

    @Test
    void thePiecesAreCompiledHere() throws IOException {
        String pieces = withoutSpace(Files.readString(HERE.resolve("PiecesTest.java")));
        assertThat(blocks(PIECE))
                .hasSizeGreaterThan(3)
                .allSatisfy(piece -> assertThat(pieces).contains(withoutSpace(piece)));
    }

    private static List<String> blocks(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    @Test
    void theProgramPrintsWhatTheGuideSays() throws IOException {
        TestServer server = TestServer.newest();
        String name = "guide_" + ProcessHandle.current().pid();
        execute(server, "CREATE DATABASE " + name);
        TestServer own =
                new TestServer(server.name(), server.host(), server.port(), name, server.user(), server.password());
        try {
            execute(own, "CREATE TABLE member (name text PRIMARY KEY)");

            List<String> printed = printedBy(() -> Letters.main(new String[] {url(own)}));

            assertThat(printed)
                    .containsExactlyInAnyOrderElementsOf(
                            blocks(PRINTED).get(0).lines().toList());
            assertThat(audit(own)).hasToString("ok");
        } finally {
            execute(server, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private static String url(TestServer server) {
        return "r2dbc:postgresql://" + server.user() + ":" + server.password() + "@" + server.host() + ":"
                + server.port() + "/" + server.database();
    }

    private static AuditReport audit(TestServer server) {
        PostgresJobStore store = PostgresJobStore.create(server.connectionFactory());
        AuditReport report = JobOperator.create(store).audit().block(PATIENCE);
        store.close().block(PATIENCE);
        return report;
    }

    private static void execute(TestServer server, String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** What goes to standard output meanwhile, save what the log says. */
    private static List<String> printedBy(Runnable program) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("(to |a member|[A-Z]+$).*"))
                .toList();
    }
}
