package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.ScheduleState;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What somebody does with schedules. */
class ScheduleJourneysTest extends InBrowser {

    private final LocalDateTime anHourAgo =
            LocalDateTime.now(Browser.ZONE).minusHours(1).truncatedTo(ChronoUnit.SECONDS);

    @Test
    void aScheduleIsPausedRunAndResumedByKeyboard() {
        browser.open("?page=schedules")
                .read("tbody", "At 02:30, Europe/Berlin")
                .type("j")
                .enter();
        browser.read("h1", "nightly-report").read(".times", "in ").read(".empty", "It has not fired yet");
        browser.type("p").read("h1", "paused");
        assertThat(desk.operator()
                        .schedules()
                        .find("nightly-report")
                        .block(Desk.PATIENCE)
                        .state())
                .isEqualTo(ScheduleState.PAUSED);
        browser.type("n")
                .read("dialog", "fires once, now")
                .press("dialog", "Run it")
                .read(".toast", "fired");
        browser.read("tbody", "run now").type("p").read("h1", "active");
    }

    @Test
    void aRangeIsBackfilledOnce() {
        browser.open("?page=schedule&name=poll-feeds");
        backfillTheDayUntilAnHourAgo();
        browser.read(".toast", "288 times in the range: 288 fired").read("tbody", "backfill");
        backfillTheDayUntilAnHourAgo();
        browser.read(".toast", "288 had fired before");
    }

    /** The range that the dialog proposes ends now, and each time it is asked now is later. */
    private void backfillTheDayUntilAnHourAgo() {
        browser.press(".heading", "Backfill…")
                .read("dialog", "have no fire on record")
                .choose("dialog .field:nth-of-type(1) input", anHourAgo.minusDays(1))
                .choose("dialog .field:nth-of-type(2) input", anHourAgo)
                .press("dialog", "Backfill");
    }
}
