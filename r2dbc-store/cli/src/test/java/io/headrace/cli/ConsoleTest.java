package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console, served by the command line. */
class ConsoleTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/[a-z]*/?");
    private static final String TOKEN = "1f0c9e6a2b7d4835";

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void audit() {
        schema.audit();
        schema.close();
    }

    private static String at(String out) {
        Matcher address = ADDRESS.matcher(out);
        assertThat(address.find()).as(out).isTrue();
        return address.group();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest.Builder get(String uri) {
        return HttpRequest.newBuilder(URI.create(uri));
    }

    @Test
    void itIsServedOnThisMachineUntilItIsEnded() {
        schema.run("enqueue", "send-letter", "{}", "--queue", "mail");
        AtomicReference<String> paused = new AtomicReference<>();

        Ran ran = schema.runUntil(
                out -> {
                    String console = at(out);
                    assertThat(send(get(console + "api/v1/queues")).body()).contains("\"queue\":\"mail\"");
                    HttpRequest.Builder pause = get(console + "api/v1/queues/mail/pause")
                            .header("X-Headrace", "1")
                            .POST(HttpRequest.BodyPublishers.noBody());
                    assertThat(send(pause).statusCode()).isEqualTo(204);
                    HttpRequest.Builder cancel = get(console + "api/v1/jobs/01Q8ZPXRG0002/cancel")
                            .header("X-Headrace", "1")
                            .POST(HttpRequest.BodyPublishers.noBody());
                    assertThat(send(cancel).statusCode()).isEqualTo(403);
                    paused.set(console);
                },
                "console",
                "--port",
                "0",
                "--path",
                "/headrace",
                "--allow",
                "PAUSE");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .isEqualTo("The console is at " + paused.get() + " until Ctrl-C.\n")
                .contains("/headrace/");
        assertThat(schema.run("status").out()).contains("mail   paused");
    }

    @Test
    void withTokensEveryRequestNeedsOne(@TempDir Path folder) throws IOException {
        Path tokens = Files.writeString(folder.resolve("tokens"), "ada " + TOKEN + " RETRY\n");

        Ran ran = schema.runUntil(
                out -> {
                    String me = at(out) + "api/v1/queues";
                    assertThat(send(get(me)).statusCode()).isEqualTo(401);
                    assertThat(send(get(me).header("Authorization", "Bearer " + TOKEN))
                                    .statusCode())
                            .isEqualTo(200);
                },
                "console",
                "--port",
                "0",
                "--token-file",
                tokens.toString());

        assertThat(ran.code()).as(ran.err()).isZero();
    }

    @Test
    void whatIsNotProtectedIsRefused() {
        Ran ran = schema.run("console", "--port", "0", "--bind", "0.0.0.0");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--token-file").hasLineCount(1);
        assertThat(schema.run("console", "--token-file", "/no/such/file").code())
                .isEqualTo(2);
        assertThat(schema.run("console", "--allow", "EVERYTHING").code()).isEqualTo(2);
        assertThat(schema.run("console", "--port", "70000").code()).isEqualTo(2);
    }
}
