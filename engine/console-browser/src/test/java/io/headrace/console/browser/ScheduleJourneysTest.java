package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.ScheduleState;
import org.junit.jupiter.api.Test;

/** What somebody does with schedules. */
class ScheduleJourneysTest extends InBrowser {

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
        browser.open("?page=schedule&name=poll-feeds").press(".heading", "Backfill…");
        browser.read("dialog", "have no fire on record")
                .press("dialog", "Backfill")
                .read(".toast", "288 times in the range: 288 fired");
        browser.read("tbody", "backfill").press(".heading", "Backfill…").press("dialog", "Backfill");
        browser.read(".toast", "288 had fired before");
    }
}
