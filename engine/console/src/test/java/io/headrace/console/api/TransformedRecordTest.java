package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobType;
import io.headrace.PayloadTransform.Target;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import io.headrace.operate.Actor;
import io.headrace.operate.JobRecord;
import io.headrace.operate.Right;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewSignal;
import io.headrace.spi.NewStep;
import io.headrace.spi.Settlement;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.Verdict;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Values of a job that are stored transformed, and to whom they are shown. */
class TransformedRecordTest {

    private static final List<String> VALUES =
            List.of("/result", "/steps/0/value", "/cursor/value", "/signals/0/value");
    private static final String NOT_DECODED =
            "\"(not shown: the value is stored transformed, and no payload view decodes it)\"";

    private final InMemoryJobStore store = InMemoryJobStore.create(ManualClock.create());
    private final JobOperator operator = JobOperator.create(store);
    private final JobId id = JobClient.create(store)
            .enqueue(JobType.of("send-letter", String.class).queue("mail").job("hello"))
            .block()
            .id();

    private static String encoded(TransformSubject subject) {
        return PayloadTransforms.of(List.of(new Doubling()))
                .encodeValue("a value", new Target(subject, null, Map.of()), "{\"tracking\":4711,\"to\":\"ada\"}");
    }

    /** As an engine that dies right after. */
    @BeforeEach
    void record() {
        long worker = store.workers()
                .register("web-1", Set.of("mail"), Duration.ofMinutes(1), false)
                .block();
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofMinutes(1));
        ClaimRequest request = new ClaimRequest(worker, "mail", Map.of("send-letter", terms), 1);
        ClaimedJob job =
                store.leases().claim(List.of(request)).block().get(0).jobs().get(0);
        NewStep step = new NewStep(
                job.lease(), job.id(), "scan", encoded(TransformSubject.step(id, "scan")), Duration.ofSeconds(1));
        NewStep plain = new NewStep(job.lease(), job.id(), "plain", "\"open\"", Duration.ofSeconds(1));
        store.steps().record(worker, List.of(step, plain)).block();
        store.steps()
                .move(worker, List.of(new NewCursor(job.lease(), job.id(), 1, 0, encoded(TransformSubject.cursor(id)))))
                .block();
        store.signals()
                .signal(new NewSignal("paid", encoded(TransformSubject.signal("paid")), null))
                .block();
        store.signals().read(List.of(new SignalQuestion(id.value(), "paid"))).block();
        Verdict completed = new Verdict.CompletedWith(encoded(TransformSubject.result(id)), List.of());
        store.leases()
                .settle(worker, List.of(new Settlement(job.lease(), job.id(), false, completed, 1)))
                .block();
    }

    @AfterEach
    void everyJobIsInExactlyOnePlace() {
        assertThat(operator.audit().block().isOk()).isTrue();
    }

    private JsonNode job(PayloadView view) {
        return Api.with(
                        operator,
                        console -> console.payloadView(view)
                                .redaction(Redaction.ofFields("tracking"))
                                .policy(request -> Mono.just(Actor.withAllRights("tester"))))
                .get("/jobs/" + id)
                .ok();
    }

    @Test
    void withoutAViewThatDecodesThemTheyAreNotShown() {
        JsonNode job = job(PayloadView.STORED);

        assertThat(VALUES)
                .allSatisfy(value -> assertThat(job.at(value).asString()).isEqualTo(NOT_DECODED));
        assertThat(job.at("/steps/1/value").asString()).isEqualTo("\"open\"");
    }

    @Test
    void aViewOfTheTransformShowsThemAndTheyAreRedacted() {
        JsonNode job = job(PayloadView.of(new Doubling()));

        assertThat(VALUES)
                .allSatisfy(value ->
                        assertThat(job.at(value).asString()).isEqualTo("{\"tracking\":\"(hidden)\",\"to\":\"ada\"}"));
    }

    @Test
    void aViewWithoutTheTransformShowsTheRest() {
        JsonNode job = job(PayloadView.of());

        assertThat(job.at("/result").asString()).contains("the payload view failed");
        assertThat(job.at("/steps/0/value").asString()).isEqualTo(NOT_DECODED);
        assertThat(job.at("/steps/1/value").asString()).isEqualTo("\"open\"");
    }

    @Test
    void aViewThatFailsLeavesTheRestOfTheJob() {
        JsonNode job = job(new PayloadView() {
            @Override
            public Mono<String> decode(JobSnapshot shown) {
                return Mono.just(shown.payload());
            }

            @Override
            public Mono<String> decodeResult(JobSnapshot shown) {
                throw new IllegalStateException("no");
            }

            @Override
            public Mono<JobRecord> decodeRecord(JobRecord record) {
                return Mono.empty();
            }
        });

        assertThat(VALUES)
                .allSatisfy(value -> assertThat(job.at(value).asString()).contains("the payload view failed"));
        assertThat(job.path("payload").asString()).isEqualTo("\"hello\"");
    }

    @Test
    void withoutTheRightNothingIsSaidOfThem() {
        JsonNode job = Api.as(operator, "reader", Right.VIEW).get("/jobs/" + id).ok();

        assertThat(VALUES)
                .allSatisfy(value -> assertThat(job.at(value).isNull()).isTrue());
    }
}
