package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What jobs leave on record, on their pages. */
class RecordTest extends InBrowser {

    private static final String SCRIPT = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>\u202Etxt";

    private static final JobType<String> EXPORT =
            JobType.of("export-orders", String.class).queue("exports");

    private JobEngine engine;

    @Override
    void prepare() {
        engine = JobEngine.builder(desk.schema().store())
                .queue("exports")
                .subscribe(EXPORT, job -> Mono.just(result(job.payload())))
                .build();
        engine.start().block(Desk.PATIENCE);
    }

    private static JobOutcome result(String payload) {
        return switch (payload) {
            case "none" -> JobOutcome.complete();
            case "long" -> JobOutcome.complete("x".repeat(60_000));
            case "hostile" -> JobOutcome.complete(Map.of("text " + SCRIPT, SCRIPT));
            default ->
                JobOutcome.complete(Map.of(
                        "file", "s3://shop-exports/2026-11-28/orders.csv.gz", "rows", 148_223, "skipped", List.of()));
        };
    }

    @Override
    void close() {
        engine.stop().block(Desk.PATIENCE);
        super.close();
    }

    private String page(String payload) {
        JobId id = engine.client()
                .enqueue(EXPORT.job(payload))
                .map(one -> one.id())
                .flatMap(one -> desk.await(one, JobState.COMPLETED))
                .block(Desk.PATIENCE);
        return "?page=job&id=" + id;
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void theResultIsOnThePageOfItsJob(String theme) {
        browser.prefer(theme)
                .open(page("yesterday"))
                .read(".card", "Result")
                .read(".json", "148223")
                .miss(".skeleton");
        assertThat(Axe.violations(browser.driver())).isEmpty();
        browser.fits();
        Pictures.take(browser, "result-" + theme);
    }

    @Test
    void itFitsAPhone() {
        browser.phone().open(page("yesterday")).read(".json", "148223").miss(".skeleton");
        browser.fits();
        assertThat(Axe.violations(browser.driver())).isEmpty();
        Pictures.take(browser, "result-phone");
    }

    @Test
    void aJobWithoutAResultHasNoCardForIt() {
        browser.open(page("none")).read("h1", "completed");
        assertThat(browser.texts(".card h2")).contains("Payload").doesNotContain("Result");
    }

    @Test
    void whateverItSaysIsText() {
        browser.open(page("hostile")).read(".json", "text <script>").read(".json .escape", "\\u202E");
        assertThat(browser.run("return window.hacked ?? null")).isNull();
        assertThat(browser.all("main script, main img")).isEmpty();
    }

    @Test
    void aLongOneIsShownInPart() {
        browser.open(page("long")).read(".card .sub", "58.6 KiB, shown in part");
    }
}
