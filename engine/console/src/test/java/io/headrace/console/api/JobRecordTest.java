package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.console.Redaction;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewSignal;
import io.headrace.spi.NewStep;
import io.headrace.spi.SignalQuestion;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What the handler of a job has recorded, and to whom it is shown. */
class JobRecordTest {

    private final InMemoryJobStore store = InMemoryJobStore.create(ManualClock.create());
    private final JobOperator operator = JobOperator.create(store);
    private final JobId id = JobClient.create(store)
            .enqueue(JobType.of("send-letter", String.class).queue("mail").job("hello"))
            .block()
            .id();

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block().isOk()).isTrue();
    }

    private JsonNode job(Api api) {
        return api.get("/jobs/" + id).ok();
    }

    /** As an engine that dies right after. */
    private void record(int steps) {
        long worker = store.workers()
                .register("web-1", Set.of("mail"), Duration.ofMinutes(1), false)
                .block();
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofMinutes(1));
        ClaimRequest request = new ClaimRequest(worker, "mail", Map.of("send-letter", terms), 1);
        ClaimedJob job =
                store.leases().claim(List.of(request)).block().get(0).jobs().get(0);
        List<NewStep> all = IntStream.rangeClosed(1, steps)
                .mapToObj(nr -> new NewStep(
                        job.lease(), job.id(), "page " + nr, "{\"tracking\":" + nr + ".10}", Duration.ofMillis(1_250)))
                .toList();
        store.steps().record(worker, all).block();
        store.steps()
                .move(worker, List.of(new NewCursor(job.lease(), job.id(), 1, 0, "{\"tracking\":4711}")))
                .block();
    }

    @Test
    void stepsAndCursorAreShown() {
        record(2);

        JsonNode job = job(Api.of(operator));
        assertThat(job.path("stepCount").asInt()).isEqualTo(2);
        JsonNode step = job.at("/steps/1");
        assertThat(step.path("name").asString()).isEqualTo("page 2");
        assertThat(step.path("attempt").asInt()).isOne();
        assertThat(step.path("at").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(step.path("tookSeconds").asDouble()).isEqualTo(1.25);
        assertThat(step.path("value").asString()).isEqualTo("{\"tracking\":2.10}");
        assertThat(job.at("/cursor/value").asString()).isEqualTo("{\"tracking\":4711}");
    }

    @Test
    void aJobThatHasRecordedNothingSaysSo() {
        JsonNode job = job(Api.of(operator));

        assertThat(job.path("steps")).isEmpty();
        assertThat(job.path("stepCount").asInt()).isZero();
        assertThat(job.path("cursor").isNull()).isTrue();
    }

    @Test
    void valuesOfStepsAreHiddenAndRedactedAsPayloadsAre() {
        record(1);

        JsonNode bare = job(Api.as(operator, "reader", Right.VIEW));
        assertThat(bare.at("/steps/0/name").asString()).isEqualTo("page 1");
        assertThat(bare.at("/steps/0/value").isNull()).isTrue();
        assertThat(bare.at("/cursor/value").isNull()).isTrue();
        assertThat(bare.toString()).doesNotContain("1.10", "4711");
        JsonNode redacted = job(redacted());
        assertThat(redacted.at("/steps/0/value").asString()).isEqualTo("{\"tracking\":\"(hidden)\"}");
        assertThat(redacted.at("/cursor/value").asString()).isEqualTo("{\"tracking\":\"(hidden)\"}");
    }

    private void signalled() {
        store.signals()
                .signal(new NewSignal("paid", "{\"tracking\":12345678901234567890.10}", null))
                .block();
        store.signals().read(List.of(new SignalQuestion(id.value(), "paid"))).block();
    }

    @Test
    void signalsAreShown() {
        signalled();

        JsonNode signal = job(Api.of(operator)).at("/signals/0");
        assertThat(signal.path("key").asString()).isEqualTo("paid");
        assertThat(signal.path("state").asString()).isEqualTo("SIGNALLED");
        assertThat(signal.path("since").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(signal.path("until").isNull()).isTrue();
        assertThat(signal.path("value").asString()).isEqualTo("{\"tracking\":12345678901234567890.10}");
    }

    @Test
    void valuesOfSignalsAreHiddenAndRedactedAsPayloadsAre() {
        signalled();

        JsonNode bare = job(Api.as(operator, "reader", Right.VIEW));
        assertThat(bare.at("/signals/0/state").asString()).isEqualTo("SIGNALLED");
        assertThat(bare.at("/signals/0/value").isNull()).isTrue();
        assertThat(job(redacted()).at("/signals/0/value").asString()).isEqualTo("{\"tracking\":\"(hidden)\"}");
    }

    private Api redacted() {
        return Api.with(
                operator,
                console -> console.redaction(Redaction.ofFields("tracking"))
                        .policy(request -> Mono.just(Actor.withAllRights("tester"))));
    }

    @Test
    void ofManyStepsTheLastAreShown() {
        record(201);

        JsonNode job = job(Api.of(operator));
        assertThat(job.path("stepCount").asInt()).isEqualTo(201);
        assertThat(job.path("steps")).hasSize(200);
        assertThat(job.at("/steps/199/name").asString()).isEqualTo("page 201");
    }
}
