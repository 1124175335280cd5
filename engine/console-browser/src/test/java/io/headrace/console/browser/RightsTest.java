package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.console.AccessRefusedException;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

/** What somebody may not do is not offered, and refused. */
class RightsTest extends InBrowser {

    private JobId failed;
    private JobId waiting;

    @Override
    void prepare() {
        failed = desk.failedInvoices(1).blockFirst(Desk.PATIENCE);
        waiting = desk.client()
                .enqueue(Desk.MAIL.job("later").delay(Duration.ofDays(1)))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
    }

    @AfterEach
    void permitAll() {
        desk.permit(EnumSet.allOf(Right.class));
    }

    @ParameterizedTest
    @CsvSource({
        "RETRY, job&id=FAILED, Retry, jobs/FAILED/retry",
        "DISCARD, job&id=FAILED, Discard…, jobs/FAILED/discard",
        "CANCEL, job&id=WAITING, Cancel…, jobs/WAITING/cancel",
        "PAUSE, queues, Pause…, queues/mail/pause",
        "SCHEDULE, schedule&name=poll-feeds, Run now…, schedules/poll-feeds/run",
    })
    void withoutTheRightTheButtonIsAbsentAndTheApiRefuses(Right right, String page, String label, String path) {
        String address = "?page=" + named(page);
        browser.open(address)
                .until("to offer " + label, () -> browser.buttons("main").contains(label));
        desk.permit(EnumSet.complementOf(EnumSet.of(right)));
        browser.open(address)
                .until(
                        "to be drawn",
                        () -> !browser.all("main .card td, main .card dd").isEmpty());
        assertThat(browser.buttons("main")).doesNotContain(label);
        browser.record().clear();
        assertThat(post(named(path), "{}")).isEqualTo("403 NOT_PERMITTED");
        browser.record().clear();
    }

    @Test
    void withoutTheRightToEnqueueNoCopyIsOfferedAndTheApiRefuses() {
        String address = "?page=job&id=" + waiting;
        browser.open(address)
                .until("to offer a copy", () -> browser.buttons(".heading").contains("Enqueue a copy…"));
        desk.permit(EnumSet.complementOf(EnumSet.of(Right.ENQUEUE)));
        browser.open(address).read(".heading", "Cancel…");
        assertThat(browser.text("main")).doesNotContain("Enqueue a copy");
        assertThat(post("jobs", "{\"kind\": \"send-mail\", \"payload\": \"1\"}"))
                .isEqualTo("403 NOT_PERMITTED");
        browser.record().clear();
    }

    @Test
    void withoutTheRightToPayloadsThereIsNone() {
        desk.permit(EnumSet.complementOf(EnumSet.of(Right.VIEW_PAYLOAD)));
        browser.open("?page=job&id=" + failed)
                .read(".card", "Payloads are shown to those who have the right VIEW_PAYLOAD");
        assertThat(browser.text("main")).doesNotContain("invoice 1");
    }

    @Test
    void whoMayOnlyLookHasNoButtonsAndIsToldSo() {
        desk.permit(EnumSet.of(Right.VIEW));
        browser.open("?page=failures").read(".cause", "SmtpException").read(".who", "View only");
        assertThat(browser.buttons("main")).isEmpty();
        browser.open("?page=jobs").read("tbody", "send-invoice");
        assertThat(browser.all("main input")).isEmpty();
    }

    @Test
    void anExpiredSessionIsABannerNotStaleData() {
        browser.open("?page=jobs").read("tbody", "send-invoice");
        desk.answer(Mono.error(new AccessRefusedException("Your session has expired", "Bearer")));
        browser.press("main", "Reload")
                .read(".banner", "Your session has expired")
                .read(".banner", "Sign in again");
        permitAll();
        browser.press("main", "Reload").miss(".banner").read("tbody", "send-invoice");
        browser.record().clear();
    }

    private String named(String text) {
        return text.replace("FAILED", failed.toString()).replace("WAITING", waiting.toString());
    }

    /** Sends a change as the page would, and returns status and code. */
    private String post(String path, String body) {
        return (String) browser.driver()
                .executeAsyncScript(
                        "const done = arguments[2]; fetch('api/v1/' + arguments[0], { method: 'POST', headers: { 'X-Headrace': '1' }, body:"
                                + " arguments[1] }).then(async answer => done(answer.status + ' ' + (await answer.json()).code))",
                        path,
                        body);
    }
}
