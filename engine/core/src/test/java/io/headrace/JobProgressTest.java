package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobProgressTest {

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 0", "57, 57", "100, 100", "101, 100", "-2147483648, 0", "2147483647, 100"})
    void aPercentageIsBroughtIntoItsBounds(int said, int kept) {
        assertThat(JobProgress.of(said)).isEqualTo(new JobProgress(kept, null));
    }

    @Test
    void aMessageThatIsTooLongIsCut() {
        assertThat(new JobProgress(1, "x".repeat(500)).message()).hasSize(500).endsWith("x");
        assertThat(new JobProgress(1, "x".repeat(501)).message()).hasSize(500).endsWith("x…");
    }

    @Test
    void noCutGoesThroughACharacter() {
        String wheat = "\uD83C\uDF3E";

        assertThat(new JobProgress(1, "x".repeat(498) + wheat + "yyy").message())
                .isEqualTo("x".repeat(498) + "…");
    }

    @Test
    void whatCannotBeStoredIsReplaced() {
        assertThat(new JobProgress(1, "a\0b \uD83C c \uDF3E \uD83C\uDF3E").message())
                .isEqualTo("a\uFFFDb \uFFFD c \uFFFD \uD83C\uDF3E");
    }

    @Test
    void aJobOfATestsOwnMayListen() {
        List<JobProgress> heard = new ArrayList<>();
        JobId id = new JobId(1);
        Job<String> job = new Job<>(id, "grind", "default", 4, 1, 20, "rye", Map.of(), null, heard::add);

        job.progress(3);
        job.progress(250, "all of it");

        assertThat(heard).containsExactly(JobProgress.of(3), new JobProgress(100, "all of it"));
        new Job<>(id, "grind", "default", 4, 1, 20, "rye", Map.of(), null).progress(1);
    }
}
