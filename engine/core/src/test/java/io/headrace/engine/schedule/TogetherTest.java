package io.headrace.engine.schedule;

import static io.headrace.engine.schedule.Rows.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.Cron;
import io.headrace.schedule.Overlap;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What fires together of what a look has found. */
class TogetherTest {

    private static final Instant SOON = START.plusMillis(10);
    private static final Instant LATER = START.plusMillis(15);
    private static final Instant NEXT = START.plusSeconds(1);

    private static StoredSchedule at(Instant nextAt) {
        return Rows.row(Cron.of("* * * * * *"), 1, Duration.ZERO, nextAt);
    }

    private static StoredSchedule skipping(Instant nextAt) {
        return Rows.overlapping(at(nextAt), Overlap.SKIP, false, null);
    }

    private static Together of(StoredSchedule... found) {
        return Together.of(new DueSchedules(START, List.of(found), NEXT));
    }

    @Test
    void allThatIsDueFiresAtOnceWhateverComesSoon() {
        Together together = of(at(START.minusSeconds(1)), skipping(START), at(SOON));

        assertThat(together).isEqualTo(new Together(START, List.of(at(START.minusSeconds(1)), skipping(START)), SOON));
    }

    @Test
    void ifNothingIsDueYetWhatComesFirstIsPreparedForItsInstant() {
        Together together = of(at(SOON), at(SOON), at(LATER));

        assertThat(together).isEqualTo(new Together(SOON, List.of(at(SOON), at(SOON)), LATER));
    }

    @Test
    void whetherAnotherJobHasEndedIsNotAskedBeforeTheInstant() {
        assertThat(of(skipping(SOON), at(LATER))).isEqualTo(new Together(SOON, List.of(), SOON));
        assertThat(of(skipping(SOON), at(SOON))).isEqualTo(new Together(SOON, List.of(at(SOON)), SOON));
    }

    @Test
    void theNextOfTheOthersIsTheNext() {
        assertThat(of(at(START)).next()).isEqualTo(NEXT);
    }
}
