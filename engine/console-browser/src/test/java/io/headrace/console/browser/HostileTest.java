package io.headrace.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.operate.Actor;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Text that others wrote is text, whatever it says. */
class HostileTest extends InBrowser {

    private static final String SCRIPT = "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>";
    private static final String TURNED = "\u202Etxt.exe\u2066";
    private static final JobType<String> JOB =
            JobType.of("kind " + SCRIPT + TURNED, String.class).queue("queue " + SCRIPT + TURNED);

    private JobEngine engine;
    private JobId failed;

    @Override
    void prepare() {
        engine = JobEngine.builder(desk.schema().store())
                .name("engine " + SCRIPT)
                .version("1.0 " + SCRIPT)
                .queue(JOB.queue())
                .subscribe(
                        JobHandler.of(JOB, job -> Mono.error(new IllegalStateException("message " + SCRIPT + TURNED)))
                                .retry(RetryPolicy.defaults().maxAttempts(1)))
                .build();
        engine.start().block(Desk.PATIENCE);
        failed = engine.client()
                .enqueue(JOB.job("payload " + SCRIPT + TURNED)
                        .uniqueKey("key " + SCRIPT + TURNED)
                        .header("header", SCRIPT + TURNED))
                .map(one -> one.id())
                .flatMap(id -> desk.await(id, JobState.FAILED))
                .block(Desk.PATIENCE);
        desk.operator()
                .as(Actor.withAllRights("actor " + SCRIPT))
                .pause(JOB.queue())
                .block(Desk.PATIENCE);
    }

    @Override
    void close() {
        engine.stop().block(Desk.PATIENCE);
        super.close();
    }

    @Test
    void everyPageShowsItAsText() {
        for (String page : Pages.ALL) {
            browser.open(page);
            assertThat(browser.run("return window.hacked ?? null")).as(page).isNull();
            assertThat(browser.all("main script, main img")).as(page).isEmpty();
        }
        browser.open("?page=queues")
                .read("tbody", "<script>window.hacked=1</script>")
                .read("tbody .escape", "\\u202E");
        browser.open("?page=failures").read(".cause", "message <script>");
        browser.open("?page=engines").read("tbody", "engine <script>");
        browser.open("?page=log").read("tbody", "actor <script>");
        browser.open("?page=job&id=" + failed)
                .read("h1", "kind <script>")
                .read(".json", "payload <script>")
                .read(".json .escape", "\\u202E");
        browser.read("main", "key <script>").read(".error", "message <script>");
        assertThat(browser.run("return document.title")).asString().doesNotContain("\u202E");
        assertThat(browser.run("return window.hacked ?? null")).isNull();
    }

    @Test
    void aPayloadOfAMegabyteIsCutAndCanBeDownloaded() {
        JobId id = desk.client()
                .enqueue(Desk.WEBHOOK.job("x".repeat((1 << 20) - 2)))
                .map(one -> one.id())
                .block(Desk.PATIENCE);
        browser.open("?page=job&id=" + id).see(".json");
        assertThat((Long) browser.run("return document.querySelector('.json').textContent.length"))
                .isLessThan(100_000L);
        Object length = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; fetch(document.querySelector('a[download]').href).then(a => a.text())"
                                + ".then(text => done(text.length))");
        assertThat(length).isEqualTo((long) (1 << 20));
    }

    @Test
    void aNumberKeepsItsDigits() {
        Object shown = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; import('./parts/json.js').then(json => done(json.pretty("
                                + "'{\"n\":12345678901234567890.10,\"e\":1e400,\"s\":\"a\\\\\"b\"}').map(token => token[1]).join('')))");
        assertThat(shown).isEqualTo("{\n  \"n\": 12345678901234567890.10,\n  \"e\": 1e400,\n  \"s\": \"a\\\"b\"\n}");
    }

    @Test
    void aNulIsRefused() {
        Object status = browser.driver()
                .executeAsyncScript(
                        "const done = arguments[0]; fetch('api/v1/queues/a%00b/pause', { method: 'POST', headers:"
                                + " { 'X-Headrace': '1' } }).then(answer => done(answer.status))");
        assertThat(status).isEqualTo(400L);
        browser.record().clear();
    }
}
