package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** One job, by its id. */
class JobsTest {

    private static final JobType<String> LETTER =
            JobType.of("send-letter", String.class).queue("mail");

    private final InMemoryJobStore store =
            InMemoryJobStore.held(ManualClock.startingAt(Instant.parse("2026-01-01T00:00:00Z")));
    private final JobClient client = JobClient.create(store);
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block().isOk()).isTrue();
    }

    @Test
    void itExplainsWhyAJobWaits() {
        JobId id = enqueue();
        JsonNode why = api.get("/jobs/" + id + "/why").ok();
        assertThat(why.path("job").asString()).isEqualTo(id.toString());
        assertThat(why.at("/reason/code").asString()).isEqualTo("NO_ENGINE_ON_QUEUE");
        assertThat(why.at("/reason/text").asString()).contains("'mail'");
        assertThat(why.at("/reason/whatNext").asString()).isNotBlank();
    }

    @Test
    void anIdInLowerCaseIsTheSameId() {
        JobId id = enqueue();
        assertThat(api.get("/jobs/" + id.toString().toLowerCase(Locale.ROOT) + "/why")
                        .ok()
                        .path("job")
                        .asString())
                .isEqualTo(id.toString());
    }

    @Test
    void aJobIsCancelledOnce() {
        JobId id = enqueue();
        assertThat(api.post("/jobs/" + id + "/cancel").ok().path("answer").asString())
                .isEqualTo("CANCELLED");
        assertThat(api.post("/jobs/" + id + "/cancel").ok().path("answer").asString())
                .isEqualTo("TOO_LATE");
        assertThat(client.find(id).block().state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void aFailedJobIsRetriedOrDiscarded() {
        JobId first = enqueue();
        JobId second = enqueue();
        failAll();
        JsonNode retried = api.post("/jobs/" + first + "/retry").ok();
        assertThat(retried.path("retried").asInt()).isOne();
        assertThat(client.find(first).block().state()).isEqualTo(JobState.PENDING);
        assertThat(api.post("/jobs/" + second + "/discard")
                        .ok()
                        .path("discarded")
                        .asInt())
                .isOne();
        assertThat(client.find(second).block().state()).isEqualTo(JobState.DISCARDED);
        assertThat(api.post("/jobs/" + second + "/retry").ok().path("matched").asInt())
                .isZero();
    }

    @Test
    void aJobThatDoesNotExistIsAProblem() {
        assertThat(api.post("/jobs/0000000000001/cancel").problem(404, "UNKNOWN_JOB"))
                .contains("0000000000001");
    }

    @Test
    void whatIsNoIdIsAProblem() {
        assertThat(api.get("/jobs/42/why").problem(400, "INVALID_PARAMETER"))
                .startsWith("id: ")
                .contains("'42'");
    }

    private JobId enqueue() {
        return client.enqueue(LETTER.job("hello")).block().id();
    }

    private void failAll() {
        JobEngine engine = JobEngine.builder(store)
                .queue("mail")
                .subscribe(JobHandler.of(LETTER, job -> Mono.error(new IllegalStateException("no paper")))
                        .retry(RetryPolicy.never()))
                .build();
        engine.start().block();
        store.runDue().block();
        engine.stop(Duration.ofSeconds(1)).block();
    }
}
