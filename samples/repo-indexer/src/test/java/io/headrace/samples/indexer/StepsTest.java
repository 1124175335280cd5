package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** A service that is killed between two steps and started again repeats none that was recorded. */
@Tag("slow")
class StepsTest {

    private static final int LOCK = 1_784_213;

    /** A process that saves counts waits for the lock of the test. */
    private static final String HOLD = """
            CREATE FUNCTION %1$s.hold() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock_shared(%2$d);
                RETURN NEW;
            END $$;
            CREATE TRIGGER hold BEFORE UPDATE OF files ON %1$s.repository FOR EACH ROW EXECUTE FUNCTION %1$s.hold()""";

    @TempDir
    Path folder;

    private final TestServer server = TestServer.newest();
    private final String schema = "indexer_steps_" + ProcessHandle.current().pid();

    @BeforeEach
    void createSchema() {
        IndexerApp.execute(server, "CREATE SCHEMA " + schema);
    }

    @AfterEach
    void dropSchema() {
        IndexerApp.drop(server, schema);
    }

    @Test
    void whatIsRecordedIsNotDoneAgain() throws Exception {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        String[] arguments =
                IndexerApp.arguments(server, schema, folder.resolve("home")).toArray(String[]::new);
        UUID id;
        try (Connection lock = server.jdbc();
                IndexerProcess first = IndexerProcess.start(folder, false, arguments)) {
            IndexerApp.execute(server, HOLD.formatted(schema, LOCK));
            lock.createStatement().execute("SELECT pg_advisory_lock(" + LOCK + ")");
            id = first.add(repository.url());
            first.events(id)
                    .filter(event -> "saving the counts".equals(event.get("doing")))
                    .blockFirst(IndexerApp.PATIENCE);
            first.kill();
            assertThat(rows("SELECT name FROM %s_jobs.step ORDER BY at")).containsExactly("clone", "count");
        }
        assertThat(FileSystemUtils.deleteRecursively(folder.resolve("home/trees/" + id)))
                .as("nothing is left to be counted")
                .isTrue();

        // It would clone for ever.
        try (IndexerProcess second = IndexerProcess.start(folder, true, arguments)) {
            assertThat(second.events(id).blockLast(IndexerApp.PATIENCE)).containsEntry("state", "COMPLETED");

            assertThat(rows("SELECT commit || ' ' || files || ' ' || lines FROM %s.repository"))
                    .containsExactly(repository.head() + " 4 9");
            assertThat(rows("SELECT name FROM %s_jobs.step ORDER BY at")).containsExactly("clone", "count", "save");
            assertThat(second.audit()).isEqualTo("ok");
            second.end();
        }
    }

    private List<String> rows(String sql) throws SQLException {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.formatted(schema))) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        }
    }
}
