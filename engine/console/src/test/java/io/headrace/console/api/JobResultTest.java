package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobType;
import io.headrace.console.Redaction;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The result of a job, and to whom it is shown. */
class JobResultTest {

    private static final JobType<String> LETTER =
            JobType.of("send-letter", String.class).queue("mail");

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final JobOperator operator = JobOperator.create(store);
    private final JobId id =
            JobClient.create(store).enqueue(LETTER.job("hello")).block().id();

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block().isOk()).isTrue();
    }

    private void run(JobOutcome outcome) {
        JobEngine engine = JobEngine.builder(store)
                .queue("mail")
                .subscribe(LETTER, job -> Mono.just(outcome))
                .build();
        engine.start().block();
        store.runDue().block();
        engine.stop(Duration.ofSeconds(1)).block();
    }

    private JsonNode job(Api api) {
        return api.get("/jobs/" + id).ok();
    }

    @Test
    void theResultIsText() {
        run(JobOutcome.complete(Map.of("tracking", "Z-17")));

        assertThat(job(Api.of(operator)).path("result").asString()).isEqualTo("{\"tracking\":\"Z-17\"}");
    }

    @Test
    void aJobWithoutAResultHasNone() {
        assertThat(job(Api.of(operator)).path("result").isNull()).isTrue();
        run(JobOutcome.complete());
        assertThat(job(Api.of(operator)).path("result").isNull()).isTrue();
    }

    @Test
    void theResultIsHiddenFromThoseWhoMayNotSeePayloads() {
        run(JobOutcome.complete(Map.of("tracking", "Z-17")));

        JsonNode job = job(Api.as(operator, "reader", Right.VIEW));
        assertThat(job.path("result").isNull()).isTrue();
        assertThat(job.toString()).doesNotContain("Z-17");
    }

    @Test
    void theResultIsRedacted() {
        run(JobOutcome.complete(Map.of("tracking", "Z-17")));

        assertThat(job(redacted()).path("result").asString()).isEqualTo("{\"tracking\":\"(hidden)\"}");
    }

    private Api redacted() {
        return Api.with(
                operator,
                console -> console.redaction(Redaction.ofFields("tracking"))
                        .policy(request -> Mono.just(Actor.withAllRights("tester"))));
    }
}
