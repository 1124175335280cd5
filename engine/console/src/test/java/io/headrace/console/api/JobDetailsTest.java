package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What a job shows of itself, and to whom. */
class JobDetailsTest {

    private static final JobType<Map<String, String>> LETTER = JobType.ofGeneric("send-letter", Map.class);

    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final JobClient client = JobClient.create(store);
    private final JobOperator operator = JobOperator.create(store);
    private final JobId id = client.enqueue(
                    LETTER.job(Map.of("password", "secret")).uniqueKey("ada").header("token", "hush"))
            .block()
            .id();

    @Test
    void itHasItsPayloadAndHeadersAsText() {
        JsonNode job = Api.of(operator).get("/jobs/" + id).ok();
        assertThat(job.path("state").asString()).isEqualTo("PENDING");
        assertThat(job.path("uniqueKey").asString()).isEqualTo("ada");
        assertThat(job.path("createdAt").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(job.path("payload").asString()).isEqualTo("{\"password\":\"secret\"}");
        assertThat(job.path("payloadCut").asBoolean()).isFalse();
        assertThat(job.path("headers").asString()).contains("hush");
    }

    @Test
    void withoutTheRightNeitherIsShown() {
        Api api = Api.as(operator, "reader", Right.VIEW);
        JsonNode job = api.get("/jobs/" + id).ok();
        assertThat(job.path("payload").isNull()).isTrue();
        assertThat(job.path("headers").isNull()).isTrue();
        assertThat(job.toString()).doesNotContain("secret", "hush");
        assertThat(api.get("/jobs/" + id + "/payload").problem(403, "NOT_PERMITTED"))
                .contains("VIEW_PAYLOAD");
    }

    @Test
    void fieldsAreHiddenFromEverybody() {
        Api api = Api.with(
                operator,
                console -> console.redaction(Redaction.ofFields("password", "token"))
                        .policy(request -> Mono.just(Actor.withAllRights("tester"))));
        assertThat(api.get("/jobs/" + id).ok().toString()).contains("(hidden)").doesNotContain("secret", "hush");
        assertThat(api.get("/jobs/" + id + "/payload").ok().toString()).isEqualTo("{\"password\":\"(hidden)\"}");
    }

    @Test
    void aPayloadIsDecodedOnlyForThoseWhoMaySeeIt() {
        PayloadView view = job -> Mono.just("{\"decoded\":\"" + job.kind() + "\"}");
        Set<Right> both = Set.of(Right.VIEW, Right.VIEW_PAYLOAD);
        assertThat(shown(view, both).path("payload").asString()).isEqualTo("{\"decoded\":\"send-letter\"}");
        PayloadView never = job -> Mono.error(new AssertionError("must not be asked"));
        assertThat(shown(never, Set.of(Right.VIEW)).path("payload").isNull()).isTrue();
    }

    @Test
    void aViewThatFailsLeavesTheRestOfTheJob() {
        JsonNode job = shown(
                broken -> {
                    throw new IllegalStateException("no key");
                },
                Set.of(Right.VIEW, Right.VIEW_PAYLOAD));
        assertThat(job.path("payload").asString())
                .contains("the payload view failed")
                .doesNotContain("no key");
        assertThat(job.path("payloadShown").asBoolean()).isFalse();
        assertThat(job.path("kind").asString()).isEqualTo("send-letter");
    }

    @Test
    void aViewThatReturnsNothingLeavesTheRestOfTheJob() {
        JsonNode job = shown(nothing -> Mono.empty(), Set.of(Right.VIEW, Right.VIEW_PAYLOAD));

        assertThat(job.path("payload").asString()).contains("the payload view failed");
        assertThat(job.path("kind").asString()).isEqualTo("send-letter");
    }

    private JsonNode shown(PayloadView view, Set<Right> rights) {
        return Api.with(
                        operator,
                        console -> console.payloadView(view).policy(request -> Mono.just(new Actor("viewer", rights))))
                .get("/jobs/" + id)
                .ok();
    }

    @Test
    void aLongPayloadIsCutAndCanBeDownloadedWhole() {
        String text = "\uD83D\uDE00".repeat(40_000);
        JobId big = client.enqueue(JobType.of("big", String.class).job(text))
                .block()
                .id();
        Api api = Api.of(operator);
        JsonNode job = api.get("/jobs/" + big).ok();
        assertThat(job.path("payloadCut").asBoolean()).isTrue();
        String shown = job.path("payload").asString();
        assertThat(shown)
                .hasSizeBetween(65_535, 65_536)
                .startsWith("\"\uD83D\uDE00")
                .doesNotEndWith("\uD83D");
        assertThat(api.get("/jobs/" + big + "/payload").ok().asString()).isEqualTo(text);
    }

    @Test
    void aJobThatDoesNotExistIsAProblem() {
        Api api = Api.of(operator);
        assertThat(api.get("/jobs/0000000000001").problem(404, "UNKNOWN_JOB")).contains("0000000000001");
        assertThat(api.get("/jobs/0000000000001/payload").problem(404, "UNKNOWN_JOB"))
                .contains("0000000000001");
    }

    private JobId transformed() {
        return JobClient.builder(store)
                .transform(new Doubling())
                .build()
                .enqueue(LETTER.job(Map.of("password", "secret")))
                .block()
                .id();
    }

    @Test
    void aTransformedPayloadIsNamedAndNotShown() {
        JobId encoded = transformed();
        Api api = Api.of(operator);
        JsonNode job = api.get("/jobs/" + encoded).ok();
        assertThat(job.path("payloadTransform").asString()).isEqualTo("doubling=k1");
        assertThat(job.path("payloadShown").asBoolean()).isFalse();
        assertThat(job.path("payload").asString()).contains("not shown: the payload is stored transformed");
        assertThat(api.get("/jobs/" + encoded + "/payload").ok().asString()).contains("not shown");
        JsonNode plain = api.get("/jobs/" + id).ok();
        assertThat(plain.path("payloadTransform").isNull()).isTrue();
        assertThat(plain.path("payloadShown").asBoolean()).isTrue();
    }

    @Test
    void aViewOfItsTransformShowsItAndItIsRedacted() {
        Api api = Api.with(
                operator,
                console -> console.payloadView(PayloadView.of(new Doubling()))
                        .redaction(Redaction.ofFields("password"))
                        .policy(request -> Mono.just(Actor.withAllRights("tester"))));
        JsonNode job = api.get("/jobs/" + transformed()).ok();
        assertThat(job.path("payload").asString()).isEqualTo("{\"password\":\"(hidden)\"}");
        assertThat(job.path("payloadShown").asBoolean()).isTrue();
        assertThat(job.path("payloadTransform").asString()).isEqualTo("doubling=k1");
        assertThat(api.get("/jobs/" + id).ok().path("payloadShown").asBoolean()).isTrue();
    }

    @Test
    void withoutTheRightNothingIsSaidOfTheTransform() {
        JsonNode job = Api.as(operator, "reader", Right.VIEW)
                .get("/jobs/" + transformed())
                .ok();
        assertThat(job.path("payloadTransform").isNull()).isTrue();
        assertThat(job.path("payloadShown").asBoolean()).isFalse();
    }
}
