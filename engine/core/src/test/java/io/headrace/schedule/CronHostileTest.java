package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes is refused before anything is expanded, and what is said of it is short and harmless. */
class CronHostileTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_BYTES = 1_000_000;

    static Stream<String> hostile() {
        return Stream.of(
                "0-999999999/1 * * * *",
                "0-99999999999999999999 * * * *",
                "*/999999999 * * * *",
                "*".repeat(10_000),
                "1,".repeat(5_000) + "1 * * * *",
                "1,".repeat(110) + "1 * * * *",
                "* ".repeat(120),
                "H(".repeat(100) + " * * * *",
                "(((((0))))) * * * *",
                "*/0 * * * *",
                "31 2",
                "\0 * * * *",
                "* * * * *\n* * * * *",
                "\u001b[31m * * * *",
                "\u0661 * * * *",
                "\uff11 * * * *",
                "\u202e * * * * *",
                "\ud800 * * * *",
                "-1 * * * *",
                "0x1 * * * *",
                "1e1 * * * *",
                "0 0 30 2 *",
                "@" + "a".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void isRefusedAtNoCost(String expression) {
        // Loads the classes.
        assertThat(refuse(expression)).isNotNull();
        long before = THREADS.getCurrentThreadAllocatedBytes();

        InvalidCronException refused = refuse(expression);

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
        assertThat(refused.getMessage().length()).isLessThan(500);
        assertThat(refused.getMessage() + refused.expression()).matches("[\\x20-\\x7e\u0661\uff11\ufffd\u2026]*");
    }

    private static InvalidCronException refuse(String expression) {
        return catchThrowableOfType(InvalidCronException.class, () -> Cron.of(expression));
    }
}
