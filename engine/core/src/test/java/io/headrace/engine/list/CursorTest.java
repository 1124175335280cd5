package io.headrace.engine.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors as text: those that this version made for a filter are read, and no others. */
class CursorTest {

    private static final JobFilter FILTER = JobFilter.any().withQueue("mill");
    private static final Cursor CURSOR = new Cursor(JobState.PENDING, "mühle\n4\n2026-01-01T00:00:00Z");

    static Stream<JobFilter> others() {
        return Stream.of(
                JobFilter.any(),
                FILTER.withQueue("weir"),
                FILTER.withKind("grind"),
                FILTER.withUniqueKey("sack 7"),
                FILTER.withState(JobState.PENDING),
                FILTER.withState(JobState.FAILED),
                JobFilter.any().withKind("mill"),
                FILTER.withFingerprint("0123456789abcdef"));
    }

    private static void assertRefused(String text, JobFilter filter) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> Cursor.parse(text, filter))
                .satisfies(e -> assertThat(e.setting()).isEqualTo("cursor"))
                .withMessageContaining("Begin again without a cursor");
    }

    @Test
    void aCursorIsReadAsItWasWritten() {
        for (Cursor cursor : List.of(CURSOR, new Cursor(JobState.COMPLETED, null))) {
            String text = cursor.text(FILTER);

            assertThat(Cursor.parse(text, FILTER)).isEqualTo(cursor);
            assertThat(text).matches("1\\.[A-Za-z0-9_-]+");
        }
    }

    @ParameterizedTest
    @MethodSource("others")
    void aCursorOfAnotherFilterIsRefused(JobFilter other) {
        assertRefused(CURSOR.text(FILTER), other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.", "x", "2.abc", "1.***", "1.AAAA", "1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "\0", "1.é"})
    void garbageIsRefused(String text) {
        assertRefused(text, FILTER);
    }

    @Test
    void aDamagedCursorIsRefused() {
        String text = CURSOR.text(FILTER);
        for (int at = 2; at < text.length() - 1; at++) {
            char other = text.charAt(at) == 'A' ? 'B' : 'A';
            assertRefused(text.substring(0, at) + other + text.substring(at + 1), FILTER);
            assertRefused(text.substring(0, at), FILTER);
        }
    }

    @Test
    void aStateThatIsNotListedIsRefused() {
        JobFilter failed = JobFilter.any().withState(JobState.FAILED);

        assertRefused(CURSOR.text(failed), failed);
        assertRefused(new Cursor(JobState.LEASED, null).text(failed), failed);
        String text =
                new String(Base64.getUrlDecoder().decode(CURSOR.text(failed).substring(2)), StandardCharsets.UTF_8);
        assertThat(text).contains("PENDING");
    }
}
