package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.headrace.FailedJobs;
import io.headrace.InvalidJobException;
import io.headrace.JobId;
import io.headrace.JobQueue;
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

    private static Arguments of(String name, Consumer<JobQueue> call) {
        return Arguments.of(name, call);
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                of("id", queue -> queue.find(null).block()),
                of("id", queue -> queue.findWithTraces(null).block()),
                of("id", queue -> queue.watch(null).blockLast()),
                of("id", queue -> queue.await(null).block()),
                of("id", queue -> queue.cancel(null).block()),
                of("which", queue -> queue.retryFailed(null).block()),
                of("which", queue -> queue.discard(null).block()),
                of("queue", queue -> queue.pause(null).block()),
                of("queue", queue -> queue.resume(null).block()),
                of("job", queue -> queue.enqueue(null).block()),
                of(
                        "job",
                        queue -> queue.enqueueAll(Arrays.asList(GRIND.job("rye"), null))
                                .block()),
                of(
                        "jobs",
                        queue -> queue.enqueueAll((Publisher<io.headrace.NewJob<?>>) null)
                                .blockLast()),
                of("transaction", queue -> queue.in(null)),
                of("payload", queue -> GRIND.job(null)),
                of("queue", queue -> GRIND.job("rye").queue(null)),
                of("delay", queue -> GRIND.job("rye").delay(null)),
                of("runAt", queue -> GRIND.job("rye").runAt(null)),
                of("uniqueKey", queue -> GRIND.job("rye").uniqueKey(null)),
                of("header", queue -> GRIND.job("rye").header(null, "x")),
                of("value", queue -> GRIND.job("rye").header("x", null)),
                of("kind", queue -> JobType.of(null, String.class)),
                of("ids", queue -> FailedJobs.byId(null)),
                of("kind", queue -> FailedJobs.ofKind(null)),
                of("text", queue -> JobId.parse(null)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("missing")
    void oneThatIsMissingIsNamed(String name, Consumer<JobQueue> call) {
        JobQueue queue = JobQueue.create(mill.store());

        assertThatNullPointerException().isThrownBy(() -> call.accept(queue)).withMessage(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b"})
    void aQueueThatCannotBeIsRefused(String name) {
        JobQueue queue = JobQueue.create(mill.store());

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.pause(name).block())
                .satisfies(e -> assertThat(e.field()).isEqualTo("queue"));
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.resume(name).block());
    }

    @Test
    void aPayloadOverTheLimitNamesTheSetting() {
        JobQueue queue = JobQueue.builder(mill.store()).maxPayloadBytes(10).build();

        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> queue.enqueue(GRIND.job("much too much")).block())
                .withMessageContaining("over the limit of 10 bytes")
                .withMessageContaining("maxPayloadBytes")
                .withMessageContaining("headrace.client.max-payload");
    }
}
