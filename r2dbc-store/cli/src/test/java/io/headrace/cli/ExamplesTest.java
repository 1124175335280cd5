package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every example of every help. */
class ExamplesTest {

    private static final String SAMPLE = "01Q8ZPXRG0002";
    private static final String SCHEDULE = "nightly-report";
    private static final Set<String> WITHOUT_SCHEMA = Set.of("completion");

    @TempDir
    private static Path folder;

    private static OwnSchema schema;

    @BeforeAll
    static void migrate() {
        schema = OwnSchema.missing();
        assertThat(schema.run("migrate").code()).isZero();
    }

    @AfterAll
    static void drop() {
        schema.audit();
        schema.close();
    }

    private static String tokens() {
        try {
            return Files.writeString(folder.resolve("tokens"), "ada 1f0c9e6a2b7d4835 RETRY")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> examples() {
        return Examples.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleRuns(String example) {
        List<String> arguments = new ArrayList<>(Examples.arguments(example));
        int url = arguments.indexOf("--url");
        if (url >= 0) {
            arguments.set(url + 1, schema.url());
        }
        if (arguments.contains("jobs") && !arguments.contains("list")) {
            boolean live = arguments.contains("cancel") || arguments.contains("run-now");
            JobId job = live
                    ? schema.client()
                            .enqueue(OwnSchema.LETTER.job("x"))
                            .block(OwnSchema.PATIENCE)
                            .id()
                    : schema.failed(1).get(0);
            arguments.replaceAll(word -> word.equals(SAMPLE) ? job.toString() : word);
        }
        if (arguments.contains("tail")) {
            assertThat(schema.failed(3)).hasSize(3);
        }
        if (arguments.contains("operations")) {
            String operation = schema.operator()
                    .bulk()
                    .start(new BulkAction.Cancel(WaitingJobs.inQueue("nowhere")))
                    .block(OwnSchema.PATIENCE)
                    .id();
            arguments.replaceAll(word -> word.equals(SAMPLE) ? operation : word);
        }
        if (arguments.contains("schedule")) {
            schema.schedule(SCHEDULE);
        }
        if (arguments.contains("console")) {
            arguments.replaceAll(word -> word.equals("tokens.txt") ? tokens() : word);
            arguments.replaceAll(word -> word.equals("8473") ? "0" : word);
            if (!arguments.contains("--port")) {
                arguments.addAll(List.of("--port", "0"));
            }
        }
        // Nobody can be asked here.
        boolean asks = example.contains("backfill") || example.equals("headrace jobs retry --kind send-letter");
        String[] args = arguments.toArray(String[]::new);

        Ran ran = WITHOUT_SCHEMA.contains(args[0])
                ? Ran.run(Map.of(), args)
                : schema.asked(asks, asks ? "y\n" : "{\"to\":\"ada\"}", args);

        // The server of the tests has settings that the doctor does not like.
        assertThat(ran.code())
                .as(example + "\n" + ran.err())
                .isIn(example.startsWith("headrace doctor") ? List.of(0, 4) : List.of(0));
        assertThat(ran.err()).doesNotContain("headrace: ");
    }
}
