package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.postgres.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Migrations, and what is said of a database that cannot be worked with. */
class ConnectionTest {

    @Test
    void aSchemaIsPreviewedMigratedAndThenUpToDate() {
        try (OwnSchema schema = OwnSchema.missing()) {
            Ran dry = schema.run("migrate", "--dry-run");
            assertThat(dry.code()).as(dry.err()).isZero();
            assertThat(dry.out()).startsWith("V1__core.sql\n");
            assertThat(dry.err()).endsWith("Schema '" + schema.name() + "' would be migrated: 1 migration.\n");
            assertThat(schema.run("status").code()).as("nothing was changed").isEqualTo(1);

            assertThat(schema.run("migrate", "--json").out())
                    .isEqualTo("{\"schema\":\"" + schema.name()
                            + "\",\"applied\":true,\"migrations\":[\"V1__core.sql\"]}\n");
            assertThat(schema.run("migrate"))
                    .isEqualTo(new Ran(0, "", "Schema '" + schema.name() + "' is up to date.\n"));
            assertThat(schema.run("status").code()).isZero();
            schema.audit();
        }
    }

    @Test
    void aMissingSchemaIsSaidInALineAndExplainedOnRequest() {
        try (OwnSchema schema = OwnSchema.missing()) {
            Ran ran = schema.run("status");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err())
                    .startsWith("headrace: The schema is missing or older")
                    .contains("Here, that is 'headrace migrate' (--verbose shows the cause)")
                    .hasLineCount(1);

            assertThat(schema.run("status", "--verbose").err()).contains("Caused by: ", "\tat io.headrace.");
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsSaidInALine() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        for (String[] command : new String[][] {{"status"}, {"migrate"}, {"enqueue", "a", "{}"}}) {
            String[] args = Arrays.copyOf(command, command.length + 2);
            args[command.length] = "--url";
            args[command.length + 1] = "postgresql://app:s3cret@127.0.0.1:" + port + "/app";

            Ran ran = Ran.run(Map.of(), args);

            assertThat(ran.code()).as(ran.err()).isEqualTo(1);
            assertThat(ran.err())
                    .startsWith("headrace: ")
                    .contains("127.0.0.1")
                    .doesNotContain("s3cret")
                    .hasLineCount(1);
        }
    }

    @Test
    void theVariablesOfPsqlAndEveryFormOfUrlLeadToTheDatabase() {
        TestServer server = TestServer.newest();
        try (OwnSchema schema = OwnSchema.migrated()) {
            Map<String, String> variables = Map.of(
                    "PGHOST", server.host(),
                    "PGPORT", String.valueOf(server.port()),
                    "PGDATABASE", server.database(),
                    "PGUSER", server.user(),
                    "PGPASSWORD", server.password());
            assertThat(Ran.run(variables, "audit", "--schema", schema.name()).code())
                    .isZero();

            String jdbc = server.jdbcUrl() + "?user=" + server.user() + "&password=" + server.password() + "&a=b";
            Ran ran = Ran.run(Map.of(), "audit", "--schema", schema.name(), "--url", jdbc);
            assertThat(ran.code()).isZero();
            assertThat(ran.err()).isEqualTo("headrace: warning: ignored in the URL: a\n");

            Ran r2dbc = Ran.run(
                    Map.of("DATABASE_URL", "r2dbc:" + schema.url(), "PGHOST", "unused.invalid"),
                    "audit",
                    "--schema",
                    schema.name());
            assertThat(r2dbc.code()).as(r2dbc.err()).isZero();
            schema.audit();
        }
    }
}
