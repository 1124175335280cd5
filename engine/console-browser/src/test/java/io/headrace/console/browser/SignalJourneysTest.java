package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Job;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What somebody does with jobs that wait for signals. */
class SignalJourneysTest extends InBrowser {

    private static final String SCRIPT = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>\u202Etxt";

    private static final JobType<String> SHIP =
            JobType.of("ship-parcel", String.class).queue("parcels");

    private JobEngine engine;

    @Override
    void prepare() {
        engine = JobEngine.builder(desk.schema().store())
                .queue("parcels")
                .subscribe(SHIP, SignalJourneysTest::ship)
                .build();
        engine.start().block(Desk.PATIENCE);
    }

    private static Mono<JobOutcome> ship(Job<String> job) {
        String key = job.payload();
        return job.signalled(key).map(paid -> paid ? JobOutcome.complete() : JobOutcome.await(key, Duration.ofDays(7)));
    }

    @AfterEach
    void permitAll() {
        desk.permit(EnumSet.allOf(Right.class));
    }

    @Override
    void close() {
        engine.stop().block(Desk.PATIENCE);
        super.close();
    }

    /** A job that waits for this signal. */
    private JobId waiting(String key) {
        return engine.client()
                .enqueue(SHIP.job(key))
                .map(one -> one.id())
                .flatMap(id -> engine.operator()
                        .awaiting(key, null, 1)
                        .filter(page -> !page.waits().isEmpty())
                        .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(10)))
                        .map(page -> id))
                .block(Desk.PATIENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void whoWaitsIsListed(String theme) {
        waiting("paid-1" + theme);
        waiting("paid-2" + theme);
        browser.prefer(theme)
                .open("?page=signals")
                .read("tbody", "paid-2" + theme)
                .read("tbody", "parcels")
                .miss(".skeleton");
        assertThat(Axe.violations(browser.driver())).isEmpty();
        browser.fits();
        Pictures.take(browser, "signal-list-" + theme);
        browser.press("tbody", "paid-2" + theme).read(".card .sub", "for paid-2" + theme);
        browser.until("to list one job", () -> browser.all("tbody tr").size() == 1);
    }

    @Test
    void aSignalIsSentWithItsValue() {
        JobId id = waiting("paid-77");
        browser.open("?page=signals&key=paid-77").press("tr[data-key='" + id + "']", "Send…");
        browser.read("dialog", "All jobs that wait for paid-77 run now")
                .all("dialog textarea")
                .get(0)
                .sendKeys("{\"by\": 12345678901234567890.10");
        browser.read("dialog", "This is not JSON").all("dialog textarea").get(0).sendKeys("}");
        browser.readNo("dialog", "This is not JSON").press("dialog", "Send it");
        browser.read(".toast", "1 job is due now").read(".empty", "No job waits for a signal");
        desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE);
        browser.open("?page=job&id=" + id)
                .read(".steps", "paid-77")
                .read(".steps .state", "came")
                .click(".steps summary")
                .read(".steps .json", "12345678901234567890.10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theJobThatWaitsSaysSo(String theme) {
        JobId id = waiting("paid-job-" + theme);
        browser.prefer(theme)
                .open("?page=job&id=" + id)
                .read(".why", "paid-job-" + theme)
                .read(".steps .state", "waiting")
                .miss(".skeleton");
        assertThat(Axe.violations(browser.driver())).isEmpty();
        browser.fits();
        Pictures.take(browser, "waits-" + theme);
        browser.press(".heading", "Send its signal…").press("dialog", "Send it");
        browser.read(".toast", "The signal is sent").read("h1", "completed").read(".steps .state", "came");
    }

    @Test
    void itFitsAPhone() {
        JobId id = waiting("a-key-of-a-phone-" + "7".repeat(100));
        browser.phone().open("?page=signals").read("tbody", "a-key-of-a-phone").miss(".skeleton");
        browser.fits();
        assertThat(Axe.violations(browser.driver())).isEmpty();
        Pictures.take(browser, "signal-list-phone");
        browser.open("?page=job&id=" + id).read(".steps", "a-key-of-a-phone").fits();
    }

    @Test
    void withoutTheRightThereIsNoButton() {
        JobId id = waiting("paid-78");
        desk.permit(EnumSet.complementOf(EnumSet.of(Right.SIGNAL)));
        browser.open("?page=signals").read("tbody", "paid-78");
        assertThat(browser.buttons("main")).isEmpty();
        browser.open("?page=job&id=" + id).read(".heading", "Run now");
        assertThat(browser.buttons(".heading")).noneMatch(label -> label.contains("signal"));
    }

    @Test
    void aKeyIsText() {
        String key = "key " + SCRIPT;
        JobId id = waiting(key);
        browser.open("?page=signals").read("tbody", "key <script>").read("tbody .escape", "\\u202E");
        browser.press("tr[data-key='" + id + "']", "Send…").read("dialog", "key <script>");
        browser.press("dialog", "Send it").read(".toast", "1 job is due now");
        desk.await(id, JobState.COMPLETED).block(Desk.PATIENCE);
        browser.open("?page=job&id=" + id).read(".steps .name", "key <script>");
        assertThat(browser.run("return window.hacked ?? null")).isNull();
        assertThat(browser.all("main script, main img")).isEmpty();
    }
}
