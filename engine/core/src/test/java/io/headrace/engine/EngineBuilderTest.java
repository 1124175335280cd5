package io.headrace.engine;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.BatchSettings;
import io.headrace.InvalidJobException;
import io.headrace.InvalidSettingException;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spi.JobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** A setting that cannot be is refused, by name, before anything runs. */
class EngineBuilderTest {

    private static final JobType<String> TYPE = JobType.of("grind", String.class);

    /** Has its facets, and fails whatever is asked of them: building asks nothing of a store. */
    private static final JobStore UNTOUCHED = untouched(JobStore.class);

    private static <T> T untouched(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Class<?> answer = method.getReturnType();
            if (answer.getPackageName().equals(JobStore.class.getPackageName())) {
                return untouched(answer);
            }
            throw new AssertionError(method + " was called");
        }));
    }

    private static JobEngine.Builder engine() {
        return JobEngine.builder(UNTOUCHED);
    }

    private static JobHandler<String> batch(UnaryOperator<BatchSettings> settings) {
        return JobHandler.batch(TYPE, settings, batch -> Mono.empty());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("concurrency", "0 is outside 1 to", () -> engine().queue("a", q -> q.concurrency(0))),
                refusal("prefetch", "-1 is outside 0 to", () -> engine().queue("a", q -> q.prefetch(-1))),
                refusal(
                        "pollInterval",
                        "PT0S is not positive",
                        () -> engine().queue("a", q -> q.pollInterval(Duration.ZERO))),
                refusal(
                        "queue",
                        "'a' is configured twice",
                        () -> engine().queue("a").queue("a")),
                refusal(
                        "version",
                        "must have 1 to 100 characters: ' '",
                        () -> engine().version(" ").build()),
                refusal(
                        "subscribe",
                        "kind 'grind' has two handlers",
                        () -> engine().subscribe(TYPE, job -> Mono.empty()).subscribe(TYPE, job -> Mono.empty())),
                refusal("most", "0 is outside 1 to 10000", () -> batch(b -> b.most(0))),
                refusal("most", "10001 is outside 1 to 10000", () -> batch(b -> b.most(10_001))),
                refusal("wait", "PT-0.001S is outside zero to PT1M", () -> batch(b -> b.wait(Duration.ofMillis(-1)))),
                refusal("wait", "PT1M1S is outside zero to PT1M", () -> batch(b -> b.wait(ofSeconds(61)))),
                refusal(
                        "most",
                        "a call of kind 'grind' gets up to 65 jobs, but no queue has a concurrency of more than 64."
                                + " Raise the concurrency, or lower most",
                        () -> engine().queue("a")
                                .queue("b", q -> q.concurrency(3))
                                .subscribe(batch(b -> b.most(65)))
                                .build()),
                refusal(
                        "heartbeatInterval",
                        "PT0S is not positive",
                        () -> engine().heartbeatInterval(Duration.ZERO).build()),
                refusal(
                        "workerExpiry",
                        "less than two heartbeat intervals of PT10S",
                        () -> engine().workerExpiry(ofSeconds(19)).build()),
                refusal(
                        "sweepInterval",
                        "PT-1S is not positive",
                        () -> engine().sweepInterval(ofSeconds(-1)).build()),
                refusal(
                        "grace",
                        "PT0S is not positive",
                        () -> engine().grace(Duration.ZERO).build()),
                refusal(
                        "progressInterval",
                        "PT0S is not positive",
                        () -> engine().progressInterval(Duration.ZERO).build()),
                refusal(
                        "watchInterval",
                        "PT0S is under PT0.01S",
                        () -> engine().client(c -> c.watchInterval(Duration.ZERO))
                                .build()),
                refusal(
                        "name",
                        "must have 1 to 100 characters",
                        () -> engine().name(" ").build()),
                refusal(
                        "maxPayloadBytes",
                        "0 is outside",
                        () -> engine().client(c -> c.maxPayloadBytes(0)).build()),
                refusal(
                        "payloadBudget",
                        "1000000 bytes is less than the minimum of 1048576",
                        () -> engine().payloadBudget(1_000_000).build()),
                refusal(
                        "maxWaitingJobs",
                        "0 is under 1",
                        () -> engine().client(c -> c.maxWaitingJobs(0)).build()),
                refusal(
                        "maxPayloadBytes",
                        "-1 is outside",
                        () -> JobClient.builder(UNTOUCHED).maxPayloadBytes(-1).build()),
                refusal(
                        "timeout",
                        "PT0S must be positive",
                        () -> JobHandler.of(TYPE, job -> Mono.empty()).timeout(Duration.ZERO)),
                refusal(
                        "maxAttempts",
                        "0 is outside",
                        () -> RetryPolicy.defaults().maxAttempts(0)));
    }

    private static Arguments refusal(String setting, String reason, ThrowingCallable call) {
        return Arguments.of(setting, reason, call);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("refusals")
    void isRefusedByName(String setting, String reason, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(call)
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.setting()).isEqualTo(setting));
    }

    @Test
    void aQueueThatCannotBeIsRefused() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> engine().queue(""))
                .withMessage("queue: is empty");
    }

    @Test
    void buildingTouchesNoStore() {
        assertThat(engine().subscribe(TYPE, job -> Mono.empty()).build()).isNotNull();
    }
}
