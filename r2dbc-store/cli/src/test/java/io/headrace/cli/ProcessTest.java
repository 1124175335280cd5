package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command as a process: its streams, its exit code, and that it ends. */
class ProcessTest {

    private static Ran run(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Not the one of the tests, which writes to standard output.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                Headrace.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    @Test
    void dataAndMessagesGoTheirOwnWays() throws IOException, InterruptedException {
        try (OwnSchema schema = OwnSchema.migrated()) {
            String unknown = "0000000000001";

            Ran ran = run("jobs", "cancel", unknown, "--url", schema.url() + "?a=b", "--schema", schema.name());

            assertThat(ran.code()).as(ran.err()).isEqualTo(3);
            assertThat(ran.out()).isEqualTo("JOB            ANSWER\n" + unknown + "  UNKNOWN\n");
            assertThat(ran.err()).contains("headrace: warning: ignored in the URL: a\n");
            schema.audit();
        }
    }
}
