package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Live jobs: enqueued, shown, cancelled. */
class LiveJobsTest {

    private final OwnSchema schema = OwnSchema.migrated();

    @AfterEach
    void audit() {
        schema.audit();
        schema.close();
    }

    private JobSnapshot job(Ran enqueued) {
        return schema.client().find(JobId.parse(enqueued.out().strip())).block(OwnSchema.PATIENCE);
    }

    @Test
    void aJobIsEnqueuedAsItIsSaid() {
        Ran ran = schema.run(
                "enqueue",
                "send-letter",
                "{\"n\": 12345678901234567890123}",
                "--queue",
                "mail",
                "--priority",
                "1",
                "--run-at",
                "2040-01-01T00:00Z",
                "--max-attempts",
                "3",
                "--unique-key",
                "ada",
                "--header",
                "a=b=c");

        assertThat(ran.code()).as(ran.err()).isZero();
        JobSnapshot job = job(ran);
        assertThat(job.queue()).isEqualTo("mail");
        assertThat(job.kind()).isEqualTo("send-letter");
        assertThat(job.runAt()).isEqualTo(Instant.parse("2040-01-01T00:00:00Z"));
        assertThat(job.uniqueKey()).isEqualTo("ada");
        assertThat(job.payload()).isEqualTo("{\"n\": 12345678901234567890123}");
    }

    @Test
    void theHeaderOfTransformsIsReserved() {
        Ran ran = schema.run("enqueue", "send-letter", "{}", "--header", "headrace.transform=gzip");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("'headrace.transform' is reserved");
    }

    @Test
    void aResultIsShownIfThereIsOne() {
        JobEngine engine = JobEngine.builder(schema.store())
                .queue("mail")
                .client(client -> client.watchInterval(Duration.ofMillis(10)))
                .subscribe(
                        OwnSchema.LETTER,
                        job -> Mono.just(
                                job.payload().isEmpty() ? JobOutcome.complete() : JobOutcome.complete(job.payload())))
                .build();
        engine.start().block(OwnSchema.PATIENCE);
        List<String> ids = Stream.of("sent \u001b[31m", "")
                .map(payload -> engine.client()
                        .enqueue(OwnSchema.LETTER.job(payload))
                        .block(OwnSchema.PATIENCE)
                        .id())
                .peek(id -> engine.client().await(id).block(OwnSchema.PATIENCE))
                .map(JobId::toString)
                .toList();
        engine.stop().block(OwnSchema.PATIENCE);

        assertThat(schema.run("jobs", "show", ids.get(0)).out()).contains("result      \"sent \\u001b[31m\"\n");
        assertThat(schema.run("jobs", "show", ids.get(0), "--json").out())
                .contains("\"result\":\"\\\"sent \\\\u001b[31m\\\"\"");
        assertThat(schema.run("jobs", "show", ids.get(1)).out()).doesNotContain("result");
        assertThat(schema.run("jobs", "show", ids.get(1), "--json").out()).contains("\"result\":null");
    }

    @Test
    void whatItsHandlerHasRecordedIsShown() {
        String id = schema.run("enqueue", "send-letter", "{}").out().strip();
        long number = JobId.parse(id).value();
        assertThat(schema.run("jobs", "show", id).out()).doesNotContain("STEP", "cursor");
        schema.execute(("INSERT INTO %s.step (job, at, took_ms, attempt, name, value) VALUES"
                        + " (ID, '2026-01-01T00:00:01Z', 350, 1, 'print', '{\"pages\": 2}'),"
                        + " (ID, '2026-01-01T00:00:02Z', 2000, 2, 'fold \u001b[31m', NULL),"
                        + " (ID, '2026-01-01T00:00:03Z', 7000, 2, 'stamp', to_json(repeat('x', 100)));"
                        + " INSERT INTO %s.job_cursor (job, nr, at, attempt, value)"
                        + " VALUES (ID, 1, '2026-01-01T00:00:04Z', 2, '17');"
                        + " INSERT INTO %s.awaited (job, since, until, outcome, queue, priority, key) VALUES"
                        + " (ID, '2026-01-01T00:00:05Z', '2026-01-01T00:00:06Z', 'TIMED_OUT', 'mail', 4, 'read'),"
                        + " (ID, '2026-01-01T00:00:07Z', '2026-01-01T00:00:07Z', 'SIGNALLED', NULL, NULL, 'paid');"
                        + " INSERT INTO %s.signal (key, at, value) VALUES ('paid', now(), '{\"by\": \"card\"}')")
                .replace("ID", String.valueOf(number)));

        assertThat(schema.run("jobs", "show", id).out()).endsWith("""

                cursor      17
                moved       2026-01-01T00:00:04Z
                in attempt  2

                SIGNAL  STATE      SINCE                 UNTIL                 VALUE
                read    TIMED_OUT  2026-01-01T00:00:05Z  2026-01-01T00:00:06Z  -
                paid    SIGNALLED  2026-01-01T00:00:07Z  -                     {"by": "card"}

                STEP             ATTEMPT  RECORDED              TOOK   VALUE
                print                  1  2026-01-01T00:00:01Z  350ms  {"pages": 2}
                fold \\u001b[31m        2  2026-01-01T00:00:02Z  2s     -
                stamp                  2  2026-01-01T00:00:03Z  7s     "XX…
                """.replace("XX", "x".repeat(78)));
        assertThat(schema.run("jobs", "show", id, "--json").out())
                .contains(
                        "\"steps\":[{\"name\":\"print\",\"attempt\":1,\"at\":\"2026-01-01T00:00:01Z\",\"tookSeconds\":0.35,"
                                + "\"value\":\"{\\\"pages\\\": 2}\"},{\"name\":\"fold ")
                .contains("\"stepCount\":3,\"cursor\":{\"attempt\":2,\"at\":\"2026-01-01T00:00:04Z\",\"value\":\"17\"}")
                .contains("\"signals\":[{\"key\":\"read\",\"state\":\"TIMED_OUT\",\"since\":\"2026-01-01T00:00:05Z\","
                        + "\"until\":\"2026-01-01T00:00:06Z\",\"value\":null},{\"key\":\"paid\"")
                .contains("x".repeat(100));
    }

    @Test
    void ofManyStepsTheLastAreShown() {
        String id = schema.run("enqueue", "send-letter", "{}").out().strip();
        schema.execute("INSERT INTO %s.step (job, at, took_ms, attempt, name)"
                + " SELECT ID, now() + n * interval '1 s', 1, 1, 'page ' || n FROM generate_series(1, 201) AS n"
                        .replace("ID", String.valueOf(JobId.parse(id).value())));

        assertThat(schema.run("jobs", "show", id).out())
                .contains("The last 200 of 201 steps:\nSTEP ", "page 201 ")
                .doesNotContain("page 1 ");
    }

    @Test
    void thePayloadMayComeFromStandardInput() {
        Ran ran = schema.asked(false, "{\n\"to\": \"ada\"}\n", "enqueue", "send-letter", "-");

        assertThat(job(ran).payload()).isEqualTo("{\"to\": \"ada\"}");
        assertThat(schema.asked(false, "", "enqueue", "send-letter", "-").err())
                .startsWith("headrace: The payload is not JSON: ");
    }

    @Test
    void aKeyThatIsHeldEnqueuesNothing() {
        Ran first = schema.run("enqueue", "send-letter", "{}", "--unique-key", "ada");
        Ran second = schema.run("enqueue", "send-letter", "{}", "--unique-key", "ada");
        Ran json = schema.run("enqueue", "send-letter", "{}", "--unique-key", "ada", "--json");

        assertThat(second.code()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(second.err())
                .contains("Nothing was enqueued: job " + first.out().strip() + " holds the unique key.");
        assertThat(json.out())
                .isEqualTo("{\"id\":\"" + first.out().strip() + "\",\"created\":false,\"reason\":\"UNIQUE_KEY\"}\n");
    }

    @Test
    void whatTheDatabaseRefusesIsAWrongArgument() {
        Ran ran = schema.run("enqueue", "send-letter", "\"\\u0000\"");

        assertThat(ran.code()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).startsWith("headrace: payload: ").hasLineCount(1);
    }

    @Test
    void jobsAreCancelledOnce() {
        String id = schema.run("enqueue", "send-letter", "{}").out().strip();
        String unknown = "0000000000001";

        Ran ran = schema.run("jobs", "cancel", id);
        assertThat(ran).isEqualTo(new Ran(0, "JOB            ANSWER\n" + id + "  CANCELLED\n", ""));
        assertThat(schema.state(JobId.parse(id))).isEqualTo(JobState.CANCELLED);

        Ran again = schema.run("jobs", "cancel", id, unknown, "--json");
        assertThat(again.code()).isEqualTo(3);
        assertThat(again.out())
                .isEqualTo("{\"jobs\":[{\"id\":\"" + id + "\",\"answer\":\"TOO_LATE\"},{\"id\":\"" + unknown
                        + "\",\"answer\":\"UNKNOWN\"}]}\n");
    }

    @Test
    void jobsAreListedPageByPage() {
        for (int n = 0; n < 5; n++) {
            schema.run("enqueue", "send-letter", "{\"n\":" + n + "}", "--queue", "mail", "--delay", n + "h");
        }
        String other = schema.run("enqueue", "count", "{}", "--unique-key", "ada")
                .out()
                .strip();

        Ran page = schema.run("jobs", "list", "--queue", "mail", "--limit", "3");
        assertThat(page.code()).as(page.err()).isZero();
        assertThat(page.out())
                .startsWith("JOB            STATE    QUEUE  KIND ")
                .hasLineCount(4);
        assertThat(page.err())
                .startsWith("There may be more; go on with --cursor ")
                .hasLineCount(1);
        String cursor = page.err().replaceAll("(?s).*--cursor |\\n", "");
        Ran rest = schema.run("jobs", "list", "--queue", "mail", "--limit", "3", "--cursor", cursor);
        assertThat(rest.out()).hasLineCount(3);
        assertThat(rest.err()).isEmpty();

        assertThat(schema.run("jobs", "list", "--key", "ada", "--json").out())
                .startsWith("{\"jobs\":[{\"id\":\"" + other + "\",\"state\":\"PENDING\",\"queue\":\"default\",")
                .endsWith("}],\"next\":null,\"searchedTo\":null}\n");
        assertThat(schema.run("jobs", "list", "--state", "LOST").code()).isEqualTo(2);
        assertThat(schema.run("jobs", "list", "--cursor", "x").code()).isEqualTo(2);
        assertThat(schema.run("jobs", "list", "--limit", "0").code()).isEqualTo(2);
    }

    @Test
    void jobsAreExportedALineEach() {
        for (int n = 0; n < 3; n++) {
            schema.run("enqueue", "send-letter", "{\"n\":" + n + "}", "--header", "a=b");
        }
        schema.run("enqueue", "count", "{}");

        Ran plain = schema.run("export", "--kind", "send-letter");
        assertThat(plain.code()).as(plain.err()).isZero();
        assertThat(plain.out().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("{\"id\":\"") && line.contains("\"state\":\"PENDING\""))
                .noneMatch(line -> line.contains("payload"));
        assertThat(schema.run("export", "--kind", "send-letter", "--payloads")
                        .out()
                        .lines())
                .hasSize(3)
                .anyMatch(line ->
                        line.endsWith("\"payload\":\"{\\\"n\\\": 2}\",\"headers\":\"{\\\"a\\\": \\\"b\\\"}\"}"));
        assertThat(schema.run("export", "--limit", "2").out()).hasLineCount(2);
        assertThat(schema.run("export", "--limit", "0").code()).isEqualTo(2);
    }

    @Test
    void aDelayedJobIsMadeDue() {
        String id = schema.run("enqueue", "send-letter", "{}", "--delay", "1h")
                .out()
                .strip();

        assertThat(schema.run("jobs", "run-now", id))
                .isEqualTo(new Ran(0, "JOB            ANSWER\n" + id + "  DUE\n", ""));
        assertThat(schema.run("jobs", "why", id).out()).startsWith("reason     NO_ENGINE_ON_QUEUE");

        Ran unknown = schema.run("jobs", "run-now", "0000000000001", "--json");
        assertThat(unknown).isEqualTo(new Ran(3, "{\"jobs\":[{\"id\":\"0000000000001\",\"due\":false}]}\n", ""));
    }

    @Test
    void aWaitIsExplained() {
        String id = schema.run("enqueue", "send-letter", "{}", "--queue", "mail", "--delay", "1h")
                .out()
                .strip();
        schema.run("queue", "pause", "mail");

        Ran why = schema.run("jobs", "why", id);

        assertThat(why.code()).as(why.err()).isZero();
        assertThat(why.out())
                .startsWith("reason     NOT_DUE\nwhy        It ")
                .contains("\nwhat next  ", "\nalso       QUEUE_PAUSED\n", "\nalso       NO_ENGINE_ON_QUEUE\n");
        assertThat(schema.run("jobs", "why", id, "--json").out())
                .startsWith("{\"job\":\"" + id + "\",\"reason\":{\"code\":\"NOT_DUE\",\"text\":\"It ")
                .contains("\"also\":[{\"code\":\"QUEUE_PAUSED\",")
                .hasLineCount(1);
        assertThat(schema.run("jobs", "why", "0000000000001").code()).isEqualTo(3);
    }

    @Test
    void aJobThatDoesNotExistEndsWithThree() {
        Ran ran = schema.run("jobs", "show", "0000000000001");

        assertThat(ran)
                .isEqualTo(new Ran(
                        3,
                        "",
                        "headrace: There is no job 0000000000001. It was never enqueued, or was pruned after its"
                                + " retention\n"));
    }
}
