package io.headrace.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorTextTest {

    @Test
    void anErrorIsWrittenDownWithItsCauses() {
        Verdict.Failure failure =
                ErrorText.of(new IllegalStateException("no water", new IllegalArgumentException("dry\nriver")));

        assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failure.message()).isEqualTo("no water");
        assertThat(failure.trace().text())
                .startsWith("\tat ")
                .contains("Caused by: java.lang.IllegalArgumentException: dry");
    }

    @Test
    void megabytesAreCut() {
        Exception chain = new Exception("x".repeat(5_000_000));
        for (int i = 0; i < 100; i++) {
            chain = new Exception("y".repeat(100_000), chain);
        }

        Verdict.Failure failure = ErrorText.of(chain);

        assertThat(failure.message()).hasSize(2_000).endsWith("…");
        assertThat(failure.trace().text()).hasSizeLessThanOrEqualTo(8_000);
    }

    @Test
    void aDeepStackIsCountedOut() {
        Exception deep = new Exception("deep");
        StackTraceElement[] frames = new StackTraceElement[1_000];
        Arrays.fill(frames, new StackTraceElement("C", "m", "C.java", 1));
        deep.setStackTrace(frames);

        assertThat(ErrorText.of(deep).trace().text()).contains("… 960 more");
    }

    @Test
    void whatPostgresqlRefusesIsReplaced() {
        assertThat(ErrorText.of(new Exception("a\0b")).message()).isEqualTo("a\uFFFDb");
    }

    @Test
    void anErrorThatCannotTellItsMessageIsStillAnError() {
        Exception mute = new Exception() {
            @Override
            public String getMessage() {
                throw new IllegalStateException("mute");
            }
        };

        assertThat(ErrorText.of(mute).message()).contains("unreadable");
        assertThat(ErrorText.of(new Exception()).message()).isNull();
        assertThat(ErrorText.firstLine(new Exception())).isEqualTo("java.lang.Exception");
        assertThat(ErrorText.firstLine(new Exception("one\ntwo"))).isEqualTo("one");
    }
}
