package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.operate.JobFilter;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.EnumSet;
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
                .enqueues(Desk.REPORT)
                .subscribe(EXPORT, job -> Mono.just(result(job.payload())))
                .build();
        engine.start().block(Desk.PATIENCE);
    }

    private static JobOutcome result(String payload) {
        return switch (payload) {
            case "none" -> JobOutcome.complete();
            case "follow" -> JobOutcome.completeThen(Desk.REPORT.job("today"));
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

    /** A job that waits for its next attempt, with steps of the ones before. */
    private String recorded(String steps) {
        JobId id = engine.client()
                .enqueue(EXPORT.job("today").delay(Duration.ofMinutes(10)))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
        desk.schema().execute(steps.replace("${job}", "" + id.value()));
        return "?page=job&id=" + id;
    }

    private static final String STEPS = """
            INSERT INTO ${schema}.step (job, at, took_ms, attempt, name, value) VALUES
                (${job}, now() - interval '95 s', 412, 1, 'open-snapshot', '{"snapshot": "0000-4711", "tables": 12}'),
                (${job}, now() - interval '93 s', 1840, 1, 'write-header', NULL),
                (${job}, now() - interval '31 s', 61200, 2, 'export-orders',
                 '{"file": "s3://shop-exports/2026-11-28/orders.csv.gz", "rows": 12345678901234567890.10, "skipped": []}'),
                (${job}, now() - interval '12 s', 18400, 2, 'export-lines', '148223');
            INSERT INTO ${schema}.job_cursor (job, nr, at, attempt, value)
            VALUES (${job}, 7, now() - interval '11 s', 2, '{"after": 88123}');
            """;

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void stepsAndCursorAreOnThePage(String theme) {
        browser.prefer(theme)
                .open(recorded(STEPS))
                .read(".card .sub", "4 steps")
                .read(".steps", "attempt 2 · 1 min 1 s")
                .read(".card", "moved in attempt 2")
                .miss(".skeleton")
                .click(".steps li:nth-child(3) summary")
                .read(".steps .json", "12345678901234567890.10");
        assertThat(browser.texts(".steps .name"))
                .containsExactly("open-snapshot", "write-header", "export-orders", "export-lines");
        assertThat(browser.all(".steps details")).hasSize(3);
        assertThat(Axe.violations(browser.driver())).isEmpty();
        browser.fits();
        Pictures.take(browser, "steps-" + theme);
        browser.click(".steps li:nth-child(3) summary").miss(".steps .json");
    }

    @Test
    void stepsFitAPhone() {
        browser.phone()
                .open(recorded(STEPS))
                .click(".steps li:nth-child(3) summary")
                .read(".steps .json", "12345678901234567890.10");
        browser.fits();
        assertThat(Axe.violations(browser.driver())).isEmpty();
        browser.run("document.querySelector('.steps').scrollIntoView({ block: 'center' })");
        Pictures.take(browser, "steps-phone");
    }

    @Test
    void aValueThatIsOpenStaysOpenWhenThePageIsReadAgain() {
        String page = recorded(STEPS);
        browser.open(page).click(".steps li:nth-child(1) summary").read(".steps .json", "0000-4711");
        JobId id = JobId.parse(page.substring(page.indexOf("id=") + 3));
        desk.schema()
                .execute("INSERT INTO ${schema}.step SELECT " + id.value() + ", now(), 1, 3, 'close-snapshot', NULL");
        browser.read(".steps", "close-snapshot");
        assertThat(browser.text(".steps .json")).contains("0000-4711");
    }

    @Test
    void withoutTheRightToPayloadsStepsHaveNoValues() {
        String page = recorded(STEPS);
        desk.permit(EnumSet.complementOf(EnumSet.of(Right.VIEW_PAYLOAD)));
        browser.open(page).read(".steps", "export-orders").read(".card", "who have the right VIEW_PAYLOAD");
        assertThat(browser.all(".steps details")).isEmpty();
        assertThat(browser.text("main")).doesNotContain("148223", "88123");
        desk.permit(EnumSet.allOf(Right.class));
    }

    private static final String MANY_STEPS = """
            INSERT INTO ${schema}.step (job, at, took_ms, attempt, name, value)
            SELECT ${job}, now() + n * interval '1 ms', 1, 1, 'page ' || n, to_json(n) FROM generate_series(1, 10000) AS n;
            """;

    @Test
    void ofManyStepsTheLastAreShown() {
        browser.open(recorded(MANY_STEPS))
                .read(".card .sub", "the last 200 of 10,000")
                .read(".steps li:first-child", "page 9801")
                .read(".steps li:last-child", "page 10000");
    }

    @Test
    void namesAndValuesOfStepsAreText() {
        String steps = "INSERT INTO ${schema}.step (job, at, took_ms, attempt, name, value)"
                + " VALUES (${job}, now(), 1, 1, 'step " + SCRIPT + "', to_json('value " + SCRIPT + "'::text)),"
                + " (${job}, now(), 1, 1, repeat('W', 200), to_json(repeat('W', 60000)));"
                + " INSERT INTO ${schema}.job_cursor VALUES (${job}, 1, now(), 1, to_json('cursor " + SCRIPT
                + "'::text))";
        browser.open(recorded(steps))
                .read(".steps .name", "step <script>")
                .read(".steps .name .escape", "\\u202E")
                .read(".steps .preview", "value <script>")
                .read(".json", "cursor <script>");
        browser.click(".steps li:nth-child(1) summary").click(".steps li:nth-child(2) summary");
        browser.read(".steps .json", "value <script>").read(".steps .json", "WWW");
        assertThat(browser.run("return window.hacked ?? null")).isNull();
        assertThat(browser.all("main script, main img")).isEmpty();
        browser.fits();
        browser.phone().fits();
    }

    @Test
    void aJobThatFollowsLeadsToTheOneBefore() {
        String first = page("follow");
        JobId next = desk.operator()
                .jobs(new JobFilter(null, "reports", "render-report", null, null), null, 1)
                .map(jobs -> jobs.jobs().get(0).id())
                .block(Desk.PATIENCE);
        browser.open("?page=job&id=" + next)
                .read(".lead", "after")
                .press(".lead", first.substring(first.length() - 13));
        browser.read("h1", "export-orders");
        assertThat(browser.address()).isEqualTo(first);
    }

    @Test
    void aLongOneIsShownInPart() {
        browser.open(page("long")).read(".card .sub", "58.6 KiB, shown in part");
    }
}
