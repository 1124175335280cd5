package pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java code of README.md and of the pages in docs/ is code that is compiled. */
class BlocksTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path HERE = Path.of("src", "test", "java", "pages");
    private static final Path LETTERS = Path.of("..", "spring-boot-starter-test", "src", "test", "java", "letters");
    private static final Path SPRING =
            Path.of("..", "spring-boot-starter", "src", "test", "java", "io", "headrace", "spring");
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @CsvSource({
        "README.md, Readme",
        "docs/enqueueing.md, Enqueueing",
        "docs/transactions.md, Transactions",
        "docs/unique-keys.md, UniqueKeys",
        "docs/retries.md, Retries",
        "docs/idempotence.md, Idempotence",
        "docs/complete-in-transaction.md, CompleteIn",
        "docs/payload-transforms.md, Transforms",
        "docs/outcomes.md, Outcomes",
        "docs/results.md, Results",
        "docs/follow-ups.md, FollowUps",
        "docs/batch-handlers.md, BatchHandlers",
        "docs/signals.md, Signals",
        "docs/steps.md, Steps",
        "docs/progress.md, Progress",
        "docs/pausing.md, Pausing",
        "docs/bulk.md, Bulk",
        "docs/rights.md, Rights",
        "docs/listing.md, Listing",
        "docs/schedules.md, Schedules",
        "docs/retention.md, Retention",
        "docs/testing.md, LetterTest",
        "docs/doctor.md, Diagnosing",
        "docs/guide-operating.md, Operating"
    })
    void theCodeOfAPageIsCompiledHere(String page, String program) {
        String compiled = withoutSpace(read(HERE.resolve(program + ".java"))
                + read(SPRING.resolve("BatchHandlersTest.java"))
                + read(SPRING.resolve("FollowUpsTest.java"))
                + read(SPRING.resolve("SpringCompleteInTest.java"))
                + read(HERE.resolve("StepIn.java"))
                + read(SPRING.resolve("SpringStepInTest.java"))
                + letters());
        List<String> blocks = JAVA.matcher(read(ROOT.resolve(page)))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks).isNotEmpty();
        assertThat(blocks.stream().filter(block -> !compiled.contains(withoutSpace(block))))
                .as("code that is not compiled")
                .isEmpty();
    }

    /** What the guide for WebFlux has its readers write: compiled there, with Spring. */
    private static String letters() {
        try (Stream<Path> files = Files.list(LETTERS)) {
            return String.join("\n", files.map(BlocksTest::read).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
