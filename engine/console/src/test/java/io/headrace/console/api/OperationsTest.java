package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Bulk operations over HTTP. */
class OperationsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JobType<Integer> LETTER =
            JobType.of("send-letter", Integer.class).queue("mail");
    private static final String CANCEL = "{\"action\": \"CANCEL\", \"queue\": \"mail\"}";

    private final InMemoryJobStore store = InMemoryJobStore.create();
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block(PATIENCE).isOk()).isTrue();
    }

    @Test
    void aPreviewCountsWhatWouldMatch() {
        enqueue(3);
        JsonNode preview = api.post("/operations/preview", CANCEL).ok();
        assertThat(preview.path("count").asInt()).isEqualTo(3);
        assertThat(preview.path("atLeast").asBoolean()).isFalse();
        assertThat(preview.at("/groups/0/kind").asString()).isEqualTo("send-letter");
    }

    @Test
    void anOperationIsStartedAndAnswersExactly() {
        enqueue(3);
        JsonNode started = api.post("/operations", CANCEL).ok();
        String id = started.path("id").asString();
        assertThat(started.path("startedBy").asString()).isEqualTo("tester");
        operator.bulk().watch(id).blockLast(PATIENCE);
        JsonNode ended = api.get("/operations/" + id).ok();
        assertThat(ended.path("state").asString()).isEqualTo("DONE");
        assertThat(ended.path("done").asInt()).isEqualTo(3);
        assertThat(ended.path("action"))
                .hasToString(
                        "{\"action\":\"CANCEL\",\"ids\":null,\"kind\":null,\"queue\":\"mail\",\"fingerprint\":null}");
        assertThat(api.get("/operations").ok().at("/operations/0")).isEqualTo(ended);
        assertThat(api.post("/operations/" + id + "/stop").ok().path("state").asString())
                .isEqualTo("DONE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"action\":\"RETRY\",\"ids\":[\"0000000000001\"]} | ids | [\"0000000000001\"]",
                "{\"action\":\"RETRY\",\"kind\":\"send-letter\"} | kind | \"send-letter\"",
                "{\"action\":\"DISCARD\",\"fingerprint\":\"0123456789abcdef\"} | fingerprint | \"0123456789abcdef\"",
                "{\"action\":\"DISCARD\",\"queue\":\"mail\"} | queue | \"mail\"",
                "{\"action\":\"CANCEL\",\"queue\":\"mail\",\"kind\":\"send-letter\"} | kind | \"send-letter\"",
            })
    void whatWasSelectedIsShownAsItWasWritten(String body, String field, String value) {
        JsonNode action = api.post("/operations", body).ok().path("action");
        assertThat(action.path(field)).hasToString(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"queue\":\"mail\"} | Missing field 'action'",
                "{\"action\":\"DELETE\",\"queue\":\"mail\"} | The body is not valid",
                "{\"action\":1,\"queue\":\"mail\"} | The body is not valid",
                "{\"action\":\"RETRY\",\"ids\":[null]} | Missing field 'ids'",
                "null | The body is null",
                "{\"action\":\"RETRY\"} | exactly one of ids, kind, queue and fingerprint",
                "{\"action\":\"RETRY\",\"kind\":\"a\",\"queue\":\"b\"} | exactly one of",
                "{\"action\":\"RETRY\",\"ids\":[\"42\"]} | ids: a job id has 13 characters",
                "{\"action\":\"RETRY\",\"ids\":[]} | ids: 0 are given",
                "{\"action\":\"CANCEL\",\"ids\":[\"0000000000001\"]} | by 'queue', 'kind' or both",
                "{\"action\":\"CANCEL\"} | specify queue, kind or both",
            })
    void whatIsWrongWithAnActionIsSaid(String body, String detail) {
        assertThat(api.post("/operations", body).problem(400, "INVALID_BODY")).contains(detail);
        assertThat(api.post("/operations/preview", body).problem(400, "INVALID_BODY"))
                .contains(detail);
        assertThat(api.get("/operations").ok().path("operations")).isEmpty();
    }

    @Test
    void anOperationThatDoesNotExistIsAProblem() {
        String unknown = new JobId(1).toString();
        assertThat(api.get("/operations/" + unknown).problem(404, "UNKNOWN_OPERATION"))
                .contains(unknown);
        assertThat(api.post("/operations/" + unknown + "/stop").problem(404, "UNKNOWN_OPERATION"))
                .contains(unknown);
        assertThat(api.get("/operations/nonsense").problem(404, "UNKNOWN_OPERATION"))
                .contains("nonsense");
    }

    private void enqueue(int count) {
        JobClient client = JobClient.create(store);
        IntStream.range(0, count).forEach(i -> client.enqueue(LETTER.job(i)).block(PATIENCE));
    }
}
