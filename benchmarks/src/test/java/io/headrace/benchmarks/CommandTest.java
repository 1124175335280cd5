package io.headrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.server.Server;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                      | which scenario?",
                "fautls                | unknown scenario fautls",
                "grind --fine 1        | unknown option --fine",
                "grind --jobs          | --jobs needs a value",
                "grind --jobs many     | --jobs must be a whole number of 1 to 10, not 'many'",
                "grind --jobs 11       | --jobs must be a whole number of 1 to 10, not '11'",
                "grind --url localhost | --url must be like r2dbc:postgresql:",
            })
    void whatCannotBeIsOneLineAndExitCodeTwo(String args, String said) {
        assertThat(run(args)).isEqualTo(Command.USAGE);
        assertThat(err.toString(UTF_8)).startsWith("benchmarks: " + said).hasLineCount(1);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void helpNamesTheScenariosAndTheirOptions() {
        assertThat(run("--help")).isEqualTo(Command.OK);
        assertThat(out.toString(UTF_8)).contains("grind: grinds", "--jobs", "(5)", "--url", "--out", "--verbose");
    }

    @Test
    void theExitCodeSaysWhetherItWasSeen() {
        assertThat(run("grind --jobs 1")).isEqualTo(Command.OK);
        assertThat(run("grind --jobs 2")).isEqualTo(Command.FAILED);
    }

    @Test
    void anErrorIsOneLineUnlessMoreIsAskedFor() {
        assertThat(run("grind --jobs 3")).isEqualTo(Command.FAILED);
        assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines("benchmarks: the wheel broke (--verbose shows more)");
        assertThat(run("grind --jobs 3 --verbose")).isEqualTo(Command.FAILED);
        assertThat(err.toString(UTF_8)).contains("at " + Grind.class.getName());
    }

    private int run(String args) {
        List<String> words = args == null ? List.of() : Arrays.asList(args.split(" +"));
        return new Command(List.of(new Grind()), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run(words);
    }

    /** Is content with one job, not with two, and breaks at three. */
    private static final class Grind implements Scenario {

        @Override
        public String name() {
            return "grind";
        }

        @Override
        public String summary() {
            return "grinds";
        }

        @Override
        public List<Option> options() {
            return List.of(new Option("--jobs", "5", "how many"));
        }

        @Override
        public boolean run(Options options, Console console) throws UsageException {
            int jobs = options.number("--jobs", 1, 10);
            if (options.text("--url").isPresent()) {
                try (Server server = Server.open(options.text("--url"))) {
                    return server.isOurs();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            if (jobs == 3) {
                throw new IllegalStateException("the wheel broke");
            }
            return jobs == 1;
        }
    }
}
