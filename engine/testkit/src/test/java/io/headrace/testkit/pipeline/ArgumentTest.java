package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.headrace.FailedJobs;
import io.headrace.InvalidJobException;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;

/** Arguments are checked before the store is asked, and the error names the one that is wrong. */
class ArgumentTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private static Arguments of(String name, Consumer<JobClient> call) {
        return Arguments.of(name, call);
    }

    private static Arguments ofOperator(String name, Consumer<JobOperator> call) {
        return Arguments.of(name, call);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                of("id", client -> client.find(null).block()),
                of("id", client -> client.findWithTraces(null).block()),
                of("id", client -> client.watch(null).blockLast()),
                of("id", client -> client.await(null).block()),
                of("id", client -> client.cancel(null).block()),
                of("job", client -> client.enqueue(null).block()),
                of(
                        "job",
                        client -> client.enqueueAll(Arrays.asList(GRIND.job("rye"), null))
                                .block()),
                of(
                        "jobs",
                        client -> client.enqueueAll((Publisher<io.headrace.NewJob<?>>) null)
                                .blockLast()),
                of("transaction", client -> client.in(null)),
                of("payload", client -> GRIND.job(null)),
                of("queue", client -> GRIND.job("rye").queue(null)),
                of("delay", client -> GRIND.job("rye").delay(null)),
                of("runAt", client -> GRIND.job("rye").runAt(null)),
                of("uniqueKey", client -> GRIND.job("rye").uniqueKey(null)),
                of("header", client -> GRIND.job("rye").header(null, "x")),
                of("value", client -> GRIND.job("rye").header("x", null)),
                of("kind", client -> JobType.of(null, String.class)),
                of("ids", client -> FailedJobs.byId(null)),
                of("kind", client -> FailedJobs.ofKind(null)),
                of("text", client -> JobId.parse(null)));
    }

    static Stream<Arguments> missingAtTheDesk() {
        return Stream.of(
                ofOperator("which", operator -> operator.retryFailed(null).block()),
                ofOperator("which", operator -> operator.discard(null).block()),
                ofOperator("queue", operator -> operator.pause(null).block()),
                ofOperator("queue", operator -> operator.resume(null).block()));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("missing")
    void oneThatIsMissingIsNamed(String name, Consumer<JobClient> call) {
        JobClient client = JobClient.create(mill.store());

        assertThatNullPointerException().isThrownBy(() -> call.accept(client)).withMessage(name);
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("missingAtTheDesk")
    void oneThatIsMissingAtTheDeskIsNamed(String name, Consumer<JobOperator> call) {
        JobOperator operator = JobOperator.create(mill.store());

        assertThatNullPointerException().isThrownBy(() -> call.accept(operator)).withMessage(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b"})
    void aQueueThatCannotBeIsRefused(String name) {
        JobOperator operator = JobOperator.create(mill.store());

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> operator.pause(name).block())
                .satisfies(e -> assertThat(e.field()).isEqualTo("queue"));
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> operator.resume(name).block());
    }

    @Test
    void aPayloadOverTheLimitNamesTheSetting() {
        JobClient client = JobClient.builder(mill.store()).maxPayloadBytes(10).build();

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> client.enqueue(GRIND.job("much too much")).block())
                .withMessageContaining("exceeds the limit of 10 bytes")
                .withMessageContaining("maxPayloadBytes")
                .withMessageContaining("headrace.client.max-payload");
    }
}
