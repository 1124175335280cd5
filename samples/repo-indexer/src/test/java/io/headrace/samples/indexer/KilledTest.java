package io.headrace.samples.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is killed in the middle of a job and started again finishes it, whoever the database belongs to. */
@Tag("slow")
class KilledTest {

    @TempDir
    Path folder;

    @Test
    void onADatabaseOfOnesOwn() throws IOException, InterruptedException {
        TestServer server = TestServer.newest();
        String schema = "indexer_killed_" + ProcessHandle.current().pid();
        IndexerApp.execute(server, "CREATE SCHEMA " + schema);
        try {
            killAndStartAgain(
                    IndexerApp.arguments(server, schema, folder.resolve("home")).toArray(String[]::new));

            PostgresJobStore store = PostgresJobStore.builder(server.connectionFactory())
                    .schema(schema + "_jobs")
                    .build();
            assertThat(JobOperator.create(store).audit().block(IndexerApp.PATIENCE))
                    .hasToString("ok");
            store.close().block(IndexerApp.PATIENCE);
        } finally {
            IndexerApp.drop(server, schema);
        }
    }

    @Test
    void onTheEmbeddedDatabase() throws IOException, InterruptedException {
        killAndStartAgain("--server.port=0", "--indexer.home=" + folder.resolve("home"));
    }

    private void killAndStartAgain(String... arguments) throws IOException, InterruptedException {
        GitRepository repository = GitRepository.small(folder.resolve("mill"));
        UUID id;
        try (IndexerProcess first = IndexerProcess.start(folder, true, arguments)) {
            id = first.add(repository.url());
            first.events(id)
                    .filter(event -> "at the gate".equals(event.get("doing")))
                    .blockFirst(IndexerApp.PATIENCE);
            assertThat(folder.resolve("home/temporary")).isNotEmptyDirectory();
            first.kill();
        }

        try (IndexerProcess second = IndexerProcess.start(folder, false, arguments)) {
            assertThat(second.events(id).blockLast(IndexerApp.PATIENCE))
                    .containsEntry("state", "COMPLETED")
                    .containsEntry("attempt", 1);
            assertThat(second.files(id)).containsEntry("commit", repository.head());
            assertThat(second.audit()).isEqualTo("ok");
            assertThat(folder.resolve("home/temporary")).isEmptyDirectory();
            second.end();
        }
    }
}
