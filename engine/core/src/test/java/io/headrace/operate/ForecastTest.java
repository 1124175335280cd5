package io.headrace.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    @ParameterizedTest
    @CsvSource({
        "PT1S, empty in 1 s",
        "PT59S, empty in 59 s",
        "PT3M20S, empty in 3 min 20 s",
        "PT2H5M59S, empty in 2 h 5 min",
        "P3DT4H30M, empty in 3 d 4 h"
    })
    void aTimeIsToldInTwoUnits(Duration in, String words) {
        assertThat(Forecast.emptyIn(in).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"EMPTY, empty", "NEVER, never empty at this rate", "PAUSED, paused", "UNKNOWN, not known yet"})
    void anOutlookIsToldInWords(Outlook outlook, String words) {
        assertThat(Forecast.of(outlook).describe()).isEqualTo(words);
    }

    @Test
    void aTimeBelongsToEmptyInAlone() {
        assertThatIllegalArgumentException().isThrownBy(() -> Forecast.of(Outlook.EMPTY_IN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Forecast(Outlook.NEVER, Duration.ofSeconds(1)));
    }
}
