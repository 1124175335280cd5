package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Who waits for which signal, and signals that are sent. */
class SignalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JobType<String> SHIP = JobType.of("ship-order", String.class);

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final List<String> values = new CopyOnWriteArrayList<>();
    private final JobEngine engine = JobEngine.builder(store)
            .subscribe(
                    SHIP,
                    job -> job.signal(job.payload(), Object.class)
                            .doOnNext(value -> values.add(value.toString()))
                            .<JobOutcome>map(value -> JobOutcome.complete())
                            .switchIfEmpty(Mono.just(JobOutcome.await(job.payload(), Duration.ofDays(1)))))
            .build();
    private final Api api = Api.of(JobOperator.create(store));

    @BeforeEach
    void start() {
        engine.start().block(PATIENCE);
    }

    @AfterEach
    void stop() {
        engine.stop().block(PATIENCE);
    }

    private JobId waiting(String key) {
        JobId id = engine.client().enqueue(SHIP.job(key)).block(PATIENCE).id();
        store.runDue().block(PATIENCE);
        return id;
    }

    @Test
    void whoWaitsIsListedPageByPage() {
        JobId b = waiting("b&=");
        JobId a = waiting("a");

        JsonNode first = api.get("/signals?limit=1").ok();
        assertThat(first.at("/waits/0/job").asString()).isEqualTo(a.toString());
        assertThat(first.at("/waits/0/key").asString()).isEqualTo("a");
        assertThat(first.at("/waits/0/kind").asString()).isEqualTo("ship-order");
        JsonNode second = api.get(
                        "/signals?limit=1&cursor=" + first.path("next").asString())
                .ok();
        assertThat(second.at("/waits/0/job").asString()).isEqualTo(b.toString());
        assertThat(api.get("/signals?key=b%26%3D").ok().path("waits")).hasSize(1);
        assertThat(api.get("/signals?key=c").ok().path("waits")).isEmpty();
        assertThat(api.get("/jobs/" + a + "/why").ok().at("/reason/code").asString())
                .isEqualTo("WAITS_FOR_SIGNAL");
    }

    @Test
    void aSignalIsSentWithItsValueDigitByDigit() {
        waiting("a");

        JsonNode answer = api.post("/signals", "{\"key\": \"a\", \"value\": \"{\\\"n\\\": 12}\"}")
                .ok();
        store.runDue().block(PATIENCE);

        assertThat(answer.path("created").asBoolean()).isTrue();
        assertThat(answer.path("woken").asInt()).isOne();
        assertThat(values).containsExactly("{n=12}");
        assertThat(store.jobs(JobState.COMPLETED)).hasSize(1);
        assertThat(api.post("/signals", "{\"key\": \"a\"}").ok().path("created").asBoolean())
                .isFalse();
        assertThat(api.get("/log?limit=2").ok().at("/decisions/1/answer").asString())
                .isEqualTo("woke 1 jobs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | INVALID_BODY | Missing field 'key'",
                "{\"key\": \"a\", \"value\": \"{\"} | INVALID_BODY | value: is not JSON",
                "{\"key\": \" \"} | INVALID_PARAMETER | signal: is empty",
            })
    void whatIsWrongWithASignalIsSaid(String body, String code, String detail) {
        assertThat(api.post("/signals", body).problem(400, code)).contains(detail);
    }

    @Test
    void aCursorThatIsDamagedIsRefused() {
        assertThat(api.get("/signals?cursor=x").problem(400, "INVALID_PARAMETER"))
                .startsWith("cursor: ");
        assertThat(api.get("/signals?limit=201").problem(400, "INVALID_PARAMETER"))
                .startsWith("limit: ");
    }
}
