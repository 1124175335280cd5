package io.headrace.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class PeriodsTest {

    @ParameterizedTest
    @CsvSource({"90s, PT90S", "5m, PT5M", "1h30m, PT1H30M", "2d, P2D", "1d12h, PT36H", "PT90S, PT90S", "0.5s, PT0.5S"})
    void durationsAreReadAsPeopleWriteThem(String text, Duration duration) {
        assertThat(new Periods().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "m", "five minutes", "1y", "99999999999999999999d"})
    void otherTextIsNoDuration(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new Periods().convert(text))
                .withMessageContaining("is not a duration such as");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T09:00:00Z, 2026-11-28T09:00:00Z",
        "2026-11-28T10:00+01:00, 2026-11-28T09:00:00Z",
        "2026-11-28T09:00Z, 2026-11-28T09:00:00Z"
    })
    void timesHaveAnOffset(String text, Instant moment) {
        assertThat(new Moments().convert(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "now", "2026-11-28", "2026-11-28T09:00", "2026-02-30T09:00Z"})
    void otherTextIsNoTime(String text) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> new Moments().convert(text))
                .withMessageContaining("is not a time such as");
    }
}
