package io.headrace.engine.settle;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.FailureTrace;
import io.headrace.spi.Verdict;
import org.junit.jupiter.api.Test;

/** How long a failure makes a statement. */
class FailureLengthTest {

    private final FailureLength length = new FailureLength();

    private static Verdict.Failure failure(String trace) {
        return new Verdict.Failure("type", "message", new FailureTrace(trace, null), "0123456789abcdef");
    }

    @Test
    void aTraceCountsOnceAndMessagesCountEachTime() {
        assertThat(length.length(failure("at the mill"))).isEqualTo(4 + 7 + 11);
        assertThat(length.length(failure("at the mill"))).isEqualTo(4 + 7);
        assertThat(length.length(failure("at the weir"))).isEqualTo(4 + 7 + 11);
        assertThat(length.length(null)).isZero();
        assertThat(length.length(Verdict.Failure.ofType("type", null))).isEqualTo(4);
    }

    @Test
    void aTraceThatWasCountedLongAgoCountsAgain() {
        long first = length.length(failure("at the mill"));
        for (int i = 0; i < 300; i++) {
            length.length(failure("at mill " + i));
        }

        assertThat(length.length(failure("at the mill"))).isEqualTo(first);
    }
}
