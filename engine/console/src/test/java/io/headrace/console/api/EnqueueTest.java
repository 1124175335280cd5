package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Enqueues, and what the operator log says of them and of other decisions. */
class EnqueueTest {

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.held(ManualClock.create()));
    private final Api api = Api.of(operator);

    @Test
    void aJobIsEnqueuedWithItsPayloadDigitByDigit() {
        JsonNode answer = api.post("/jobs", """
                        {"kind": "send-letter", "queue": "mail", "priority": 1, "runAt": "2026-01-02T00:00:00Z",
                         "maxAttempts": 3, "uniqueKey": "ada", "headers": {"trace": "1"},
                         "payload": "{\\"n\\": 90071992547409931234.50}"}""").ok();
        assertThat(answer.path("created").asBoolean()).isTrue();
        JobSnapshot job =
                operator.find(JobId.parse(answer.path("job").asString())).block();
        assertThat(job.payload()).isEqualTo("{\"n\": 90071992547409931234.50}");
        assertThat(job.queue()).isEqualTo("mail");
        assertThat(job.priority()).isOne();
        assertThat(job.maxAttempts()).isEqualTo(3);
        assertThat(job.runAt()).hasToString("2026-01-02T00:00:00Z");
        assertThat(job.headers()).contains("trace");
    }

    @Test
    void aUniqueKeyThatIsHeldIsAnAnswer() {
        String body = "{\"kind\": \"send-letter\", \"payload\": \"1\", \"uniqueKey\": \"ada\"}";
        String first = api.post("/jobs", body).ok().path("job").asString();
        JsonNode second = api.post("/jobs", body).ok();
        assertThat(second.path("created").asBoolean()).isFalse();
        assertThat(second.path("reason").asString()).isEqualTo("UNIQUE_KEY");
        assertThat(second.path("job").asString()).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"payload\": \"1\"} | INVALID_BODY | Missing field 'kind'",
                "{\"kind\": \"a\"} | INVALID_BODY | Missing field 'payload'",
                "{\"kind\": \"a\", \"payload\": \"{\"} | INVALID_BODY | payload: is not JSON",
                "{\"kind\": \"a\", \"payload\": \"\"} | INVALID_BODY | payload: is empty",
                "{\"kind\": \"a\", \"payload\": {}} | INVALID_BODY | The body is not valid",
                "{\"kind\": \"a\", \"payload\": \"1\", \"priority\": 10} | INVALID_PARAMETER | priority: 10",
                "null | INVALID_BODY | The body is null",
                "{\"kind\": \"a\", \"payload\": \"1\", \"headers\": {\"b\": null}} | INVALID_BODY | Missing field 'b'",
                "{\"kind\": \" \", \"payload\": \"1\"} | INVALID_PARAMETER | kind",
            })
    void whatIsWrongWithAJobIsSaid(String body, String code, String detail) {
        assertThat(api.post("/jobs", body).problem(400, code)).contains(detail);
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        String body = "{\"kind\": \"a\", \"payload\": \"\\\"" + "x".repeat(300_000) + "\\\"\"}";
        assertThat(api.post("/jobs", body).problem(413, "BODY_TOO_LONG")).isNotBlank();
    }

    @Test
    void decisionsAreOnRecordUnderTheNameOfWhoMadeThem() {
        api.post("/queues/mail/pause").done();
        api.post("/jobs", "{\"kind\": \"send-letter\", \"payload\": \"\\\"secret\\\"\"}")
                .ok();
        JsonNode log = api.get("/log").ok();
        assertThat(log.path("decisions")).hasSize(2);
        assertThat(log.toString()).doesNotContain("secret");
        JsonNode pause = log.at("/decisions/1");
        assertThat(pause.path("actor").asString()).isEqualTo("tester");
        assertThat(pause.path("action").asString()).isEqualTo("pause queue");
        assertThat(pause.path("subject").asString()).isEqualTo("mail");
        assertThat(api.get("/log?before=" + pause.path("id").asLong()).ok().path("decisions"))
                .isEmpty();
        assertThat(api.get("/log?limit=1").ok().path("decisions")).hasSize(1);
        assertThat(api.get("/log?before=x").problem(400, "INVALID_PARAMETER")).startsWith("before: ");
    }
}
