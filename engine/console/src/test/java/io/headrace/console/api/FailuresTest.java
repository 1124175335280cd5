package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Failed jobs by what they have in common. */
class FailuresTest {

    private static final JobType<Integer> LETTER =
            JobType.of("send-letter", Integer.class).queue("mail");

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final JobOperator operator = JobOperator.create(store);
    private final Api api = Api.of(operator);
    private List<JobId> failed;

    @BeforeEach
    void threeFailedJobs() {
        JobClient client = JobClient.create(store);
        failed = IntStream.range(0, 3)
                .mapToObj(i -> client.enqueue(LETTER.job(i)).block().id())
                .toList();
        JobEngine engine = JobEngine.builder(store)
                .queue("mail")
                .subscribe(JobHandler.of(LETTER, job -> Mono.error(new IllegalStateException("no <b>paper</b>")))
                        .retry(RetryPolicy.never()))
                .build();
        engine.start().block();
        store.runDue().block();
        engine.stop(Duration.ofSeconds(1)).block();
    }

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block().isOk()).isTrue();
    }

    @Test
    void jobsThatFailedAlikeAreOneCause() {
        JsonNode causes = api.get("/failures").ok().path("causes");
        assertThat(causes).hasSize(1);
        JsonNode cause = causes.get(0);
        assertThat(cause.path("count").asInt()).isEqualTo(3);
        assertThat(cause.path("atLeast").asBoolean()).isFalse();
        assertThat(cause.path("errorType").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(cause.path("message").asString()).isEqualTo("no <b>paper</b>");
        assertThat(cause.path("kinds")).hasToString("[\"send-letter\"]");
        assertThat(failed)
                .extracting(JobId::toString)
                .contains(cause.path("latest").asString());
    }

    @Test
    void oneOfThemIsRetriedAsAProbe() {
        String fingerprint =
                api.get("/failures").ok().at("/causes/0/fingerprint").asString();
        String probed =
                api.post("/failures/" + fingerprint + "/probe").ok().path("job").asString();
        assertThat(failed).extracting(JobId::toString).contains(probed);
        assertThat(api.get("/failures").ok().at("/causes/0/count").asInt()).isEqualTo(2);
    }

    @Test
    void aProbeOfNothingHasNoJob() {
        assertThat(api.post("/failures/0123456789abcdef/probe").ok().path("job").isNull())
                .isTrue();
    }

    @Test
    void whatIsNoFingerprintIsAProblem() {
        assertThat(api.post("/failures/nonsense/probe").problem(400, "INVALID_PARAMETER"))
                .contains("fingerprint");
    }
}
