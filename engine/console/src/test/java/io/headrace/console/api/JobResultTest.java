package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.console.Redaction;
import io.headrace.operate.Actor;
import io.headrace.operate.JobFilter;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What an outcome leaves: the result of a job, to whom it is shown, and the jobs that follow. */
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

    @Test
    void aJobNamesTheOneThatItFollows() {
        run(JobOutcome.completeThen(LETTER.job("and another").delay(Duration.ofDays(1))));
        JobId next = operator.jobs(new JobFilter(JobState.PENDING, null, null, null, null), null, 1)
                .block()
                .jobs()
                .get(0)
                .id();

        assertThat(Api.of(operator).get("/jobs/" + next).ok().path("after").asString())
                .isEqualTo(id.toString());
        assertThat(job(Api.of(operator)).path("after").isNull()).isTrue();
    }

    @Test
    void aHeaderThatIsNoIdNamesNoJob() {
        JobId forged = JobClient.create(store)
                .enqueue(LETTER.job("x").header(JobOutcome.AFTER_HEADER, "<b>").delay(Duration.ofDays(1)))
                .block()
                .id();

        assertThat(Api.of(operator).get("/jobs/" + forged).ok().path("after").isNull())
                .isTrue();
    }
}
