package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.StoreException;
import io.headrace.console.AccessRefusedException;
import io.headrace.operate.Actor;
import io.headrace.testkit.InMemoryJobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a client is told when something goes wrong. */
class ProblemsTest {

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());

    @Test
    void aProblemIsDescribedForProgramsAndForPeople() {
        Answer answer = Api.of(operator).get("/jobs/42/why");
        assertThat(answer.type()).hasToString("application/problem+json");
        assertThat(answer.json().path("type").asString()).isEqualTo("urn:headrace:problem:invalid-parameter");
        assertThat(answer.json().path("title").asString()).isEqualTo("Invalid parameter");
        assertThat(answer.json().path("status").asInt()).isEqualTo(400);
    }

    @Test
    void aStoreThatCannotBeReachedIsUnavailable() {
        Api api = Api.of(failing(Flux.error(new StoreException("Connection refused", true, null, null))));
        assertThat(api.get("/engines").problem(503, "STORE_UNAVAILABLE")).isEqualTo("Connection refused");
    }

    @Test
    void aStoreThatRejectsACallHasFailed() {
        Api api = Api.of(failing(Flux.error(new StoreException("relation does not exist", false, "42P01", null))));
        assertThat(api.get("/engines").problem(500, "STORE_FAILED")).isEqualTo("relation does not exist");
    }

    @Test
    void aStoreThatDoesNotAnswerIsTooSlow() {
        Api api = Api.with(
                failing(Flux.never()),
                console -> console.timeout(Duration.ofMillis(10))
                        .policy(request -> Mono.just(Actor.withAllRights("tester"))));
        assertThat(api.get("/engines").problem(504, "TIMEOUT")).contains("did not answer in time");
    }

    @Test
    void anUnexpectedErrorStaysInTheLog() {
        Api api = Api.of(failing(Flux.error(new IllegalStateException("secret"))));
        assertThat(api.get("/engines").problem(500, "FAILED")).doesNotContain("secret");
    }

    @Test
    void aPolicyThatNamesNobodyRefusesTheRequest() {
        Api api = Api.with(operator, console -> console.policy(request -> Mono.empty()));
        assertThat(api.get("/me").problem(403, "REFUSED")).contains("gives no access");
    }

    @Test
    void aPolicySaysWhyItRefusesARequestAndHowToAuthenticate() {
        Api api = Api.with(
                operator,
                console -> console.policy(
                        request -> Mono.error(new AccessRefusedException("Send a token", "Bearer realm=\"jobs\""))));
        assertThat(api.get("/me").problem(401, "UNAUTHENTICATED")).isEqualTo("Send a token");
    }

    /** An operator each of whose lists is the same. */
    private static JobOperator failing(Flux<?> answer) {
        return (JobOperator) Proxy.newProxyInstance(
                JobOperator.class.getClassLoader(),
                new Class<?>[] {JobOperator.class},
                (proxy, method, arguments) -> method.getName().equals("as") ? proxy : answer);
    }
}
