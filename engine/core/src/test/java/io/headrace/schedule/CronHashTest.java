package io.headrace.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number for each H, that the name alone decides. */
class CronHashTest {

    /** These must never change: the times of schedules in production depend on them. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "H H * * *             | nightly-report | 6 22 * * *",
                "H H * * *             | cleanup        | 20 1 * * *",
                "H H H H H H           | nightly-report | 7 6 22 8 10 5",
                "H/15 * * * *          | nightly-report | 6-59/15 * * * *",
                "H(0-29)/10 H(1-5) * * * | nightly-report | 6-29/10 1 * * *",
                "0,H * H/7 * H(5-7)    | nightly-report | 0,6 * 1-28/7 * 5",
                "H H * * *             | täglich        | 8 7 * * *",
            })
    void namesDecide(String expression, String name, String expected) {
        assertThat(Cron.of(expression).named(name).expression()).isEqualTo(expected);
    }

    @Test
    void manySchedulesAreSpread() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(
                                i -> Cron.of("H * * * *").named("schedule-" + i).expression())
                        .distinct())
                .hasSize(60);
    }

    @Test
    void withoutANameNothingCanBeAsked() {
        Cron cron = Cron.of("0 H * * *");
        Instant now = Instant.EPOCH;
        for (ThrowingCallable call : new ThrowingCallable[] {
            () -> cron.next(now),
            () -> cron.next(ZonedDateTime.now(cron.zone())),
            () -> cron.count(now, now),
            () -> cron.latest(1, now, now),
            () -> cron.preview(1, ZonedDateTime.now(cron.zone()))
        }) {
            assertThatThrownBy(call)
                    .isInstanceOf(InvalidCronException.class)
                    .hasMessage("cron '0 H * * *', hour at position 3: H needs the name of a schedule; call"
                            + " named(String) first");
        }
        assertThat(cron.named("a")).isEqualTo(cron.named("a")).isNotEqualTo(cron);
        assertThat(cron.text()).isEqualTo("cron 0 H * * *");
    }

    @Test
    void withoutAnHANameChangesNothing() {
        Cron cron = Cron.of("0 3 * * *");
        assertThat(cron.named("a")).isSameAs(cron);
        assertThat(cron.from(Instant.EPOCH)).isSameAs(cron);
    }

    @Test
    void numbersThatNeverFireAreRefused() {
        assertThatThrownBy(() -> Cron.of("0 0 H(30-31) 2 *").named("a"))
                .isInstanceOf(InvalidCronException.class)
                .hasMessageContaining("never fires");
    }
}
