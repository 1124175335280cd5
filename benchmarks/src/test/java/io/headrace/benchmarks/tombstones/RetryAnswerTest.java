package io.headrace.benchmarks.tombstones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RetryAnswerTest {

    @Test
    void isReadAsItWasWritten() throws Exception {
        RetryAnswer answer = new RetryAnswer(50_000, 49_999, 2_500_000_000L, 8 << 20);

        assertThat(RetryAnswer.parse(answer.line())).isEqualTo(answer);
        assertThat(answer.seconds()).isEqualTo(2.5);
        assertThat(answer.heapMib()).isEqualTo(8);
    }

    @Test
    void whatElseAProcessSaysIsTold() {
        assertThatThrownBy(() -> RetryAnswer.parse("Killed"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Killed");
        assertThatThrownBy(() -> RetryAnswer.parse("1 2")).isInstanceOf(IOException.class);
    }
}
