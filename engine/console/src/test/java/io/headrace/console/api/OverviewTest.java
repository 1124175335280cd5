package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Queues, engines, totals, the audit, and who asks. */
class OverviewTest {

    private static final JobType<String> LETTER =
            JobType.of("send-letter", String.class).queue("mail");

    private final ManualClock clock = ManualClock.startingAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final InMemoryJobStore store = InMemoryJobStore.held(clock);
    private final JobClient client = JobClient.create(store);
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);

    @Test
    void queuesShowWhatWaitsInThem() {
        client.enqueue(LETTER.job("hello")).block();
        clock.advance(Duration.ofMillis(90_500));
        JsonNode queue = api.get("/queues").ok().at("/queues/0");
        assertThat(queue.path("queue").asString()).isEqualTo("mail");
        assertThat(queue.path("due").asInt()).isOne();
        assertThat(queue.path("oldestDueSeconds").asDouble()).isEqualTo(90.5);
    }

    @Test
    void aQueueIsPausedAndResumedWhateverItsName() {
        api.post("/queues/a%2Fb%20c/pause").done();
        JsonNode queue = api.get("/queues").ok().at("/queues/0");
        assertThat(queue.path("queue").asString()).isEqualTo("a/b c");
        assertThat(queue.path("paused").asBoolean()).isTrue();
        api.post("/queues/a%2Fb%20c/resume").done();
        assertThat(operator.queues().collectList().block()).isEmpty();
    }

    @Test
    void aNameThatNoQueueCanHaveIsAProblem() {
        assertThat(api.post("/queues/" + "x".repeat(101) + "/pause").problem(400, "INVALID_PARAMETER"))
                .contains("queue");
    }

    @Test
    void enginesAndTotalsAreListed() {
        client.enqueue(LETTER.job("hello")).block();
        JobEngine engine = JobEngine.builder(store)
                .name("post-office")
                .queue("mail")
                .subscribe(LETTER, job -> Mono.empty())
                .build();
        engine.start().block();
        store.runDue().block();
        JsonNode listed = api.get("/engines").ok().at("/engines/0");
        assertThat(listed.path("name").asString()).isEqualTo("post-office");
        assertThat(listed.path("queues")).hasSize(1);
        assertThat(listed.path("silent").asBoolean()).isFalse();
        assertThat(listed.path("slots")).hasToString("{\"mail\":64}");
        assertThat(listed.path("kinds")).hasToString("[\"send-letter\"]");
        engine.stop(Duration.ofSeconds(1)).block();
        JsonNode mark = api.get("/marks?hours=1").ok().at("/marks/0");
        assertThat(mark.path("engine").asString()).isEqualTo("post-office");
        assertThat(mark.path("end").asString()).isEqualTo("STOPPED");
        JsonNode activity = api.get("/activity?minutes=10&buckets=5").ok();
        assertThat(activity.path("widthSeconds").asDouble()).isEqualTo(120);
        assertThat(activity.path("buckets")).hasSize(5);
        assertThat(activity.at("/buckets/4/completed").asInt()).isOne();
        JsonNode totals = api.get("/totals").ok().at("/totals/0");
        assertThat(totals.path("kind").asString()).isEqualTo("send-letter");
        assertThat(totals.path("completed").asInt()).isOne();
    }

    @Test
    void theLastAuditIsKept() {
        client.enqueue(LETTER.job("hello")).block();
        assertThat(api.get("/audit").ok().path("at").isNull()).isTrue();
        JsonNode audit = api.post("/audit").ok();
        assertThat(audit.at("/ok").asBoolean()).isTrue();
        assertThat(audit.at("/pending").asInt()).isOne();
        assertThat(api.get("/audit").ok()).isEqualTo(audit);
    }

    @Test
    void theDatabaseSaysWhatIsWrongWithIt() {
        api.post("/queues/mail/pause").done();
        clock.advance(Duration.ofDays(2));
        JsonNode diagnosis = api.get("/database").ok();
        assertThat(diagnosis.path("ok").asBoolean()).isFalse();
        assertThat(diagnosis.path("readings")).isNotEmpty();
        assertThat(diagnosis.at("/problems/0/code").asString()).isEqualTo("QUEUE_PAUSED");
        assertThat(diagnosis.at("/problems/0/severity").asString()).isEqualTo("WARNING");
    }

    @Test
    void partsOfLessThanASecondAreAProblem() {
        assertThat(api.get("/activity?minutes=1&buckets=61").problem(400, "INVALID_PARAMETER"))
                .contains("at least a second");
    }

    @Test
    void whoeverAsksLearnsWhoTheyAreAndWhatTheyMayDo() {
        JsonNode me = api.get("/me").ok();
        assertThat(me.path("name").asString()).isEqualTo("tester");
        assertThat(me.path("rights")).hasSize(Right.values().length);
        assertThat(me.path("instance").asString()).isEqualTo("headrace");
    }

    @Test
    void anOperationThatDoesNotExistIsAProblem() {
        assertThat(api.get("/nothing").problem(404, "UNKNOWN_PATH")).contains("GET /api/v1/nothing");
        assertThat(api.get("/queues/mail/pause").problem(404, "UNKNOWN_PATH")).contains("GET");
    }
}
