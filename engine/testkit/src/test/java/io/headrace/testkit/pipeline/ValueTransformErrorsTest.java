package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.FailedJobs;
import io.headrace.InvalidValueException;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobConstraints;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.PayloadTransform;
import io.headrace.ValueTransformException;
import io.headrace.ValueUnreadableException;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** Values that cannot be decoded or encoded: a typed error says what to do, and nothing is half done. */
class ValueTransformErrorsTest {

    private static final Reversal FIRST = new Reversal("first", "k1");
    private static final Reversal SECOND = new Reversal("second", "k1");

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Object> read = new ArrayList<>();

    private JobEngine start(Function<Job<String>, Publisher<?>> handler, PayloadTransform... transforms) {
        return mill.start(e -> {
            JobEngine.Builder builder = e;
            for (PayloadTransform transform : transforms) {
                builder = builder.transform(transform);
            }
            return builder.subscribe(GRIND, handler);
        });
    }

    private JobId enqueue() {
        return JobClient.create(mill.store()).enqueue(GRIND.job("rye")).block().id();
    }

    private AttemptFailure failure(JobId id) {
        JobSnapshot dead = mill.find(id);
        assertThat(dead.state()).isEqualTo(JobState.FAILED);
        return dead.failures().get(dead.failures().size() - 1);
    }

    private AttemptFailure failureOf(Function<Job<String>, Publisher<?>> handler, PayloadTransform... transforms) {
        JobId id = enqueue();
        start(handler, transforms);
        mill.pass(ofHours(3));
        return failure(id);
    }

    private static Mono<Object> failingOnce(Job<String> job) {
        return job.attempt() == 1 ? Mono.error(new IllegalStateException("once")) : Mono.empty();
    }

    @Test
    void aStepThatCannotBeDecodedDoesNotRunAgain() {
        Function<Job<String>, Publisher<?>> handler = job -> job.step("charge", String.class, () -> {
                    read.add("charged");
                    return Mono.just("receipt");
                })
                .doOnNext(read::add)
                .then(failingOnce(job));
        JobId id = enqueue();
        mill.stop(start(handler, FIRST), ofSeconds(0));
        assertThat(read).containsExactly("charged", "receipt");

        JobEngine without = start(handler, SECOND);
        mill.pass(ofMinutes(1));

        assertThat(read).containsExactly("charged", "receipt");
        assertThat(failure(id).errorType()).isEqualTo(ValueTransformException.class.getName());
        assertThat(failure(id).message())
                .contains("The value of step 'charge' of job " + id, "transform 'first', which is not configured here")
                .contains("readOnly()", "then retry the job");
        mill.stop(without, ofSeconds(1));

        start(handler, FIRST);
        JobOperator.create(mill.store())
                .retryFailed(FailedJobs.byId(Set.of(id)))
                .subscribe();
        mill.pass(ofMinutes(1));

        assertThat(read).containsOnlyOnce("charged").endsWith("receipt");
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aCursorWithAnUnknownKeyFailsTheJob() {
        Function<Job<String>, Publisher<?>> handler = job -> job.cursor(Integer.class)
                .doOnNext(read::add)
                .then(job.cursor((Object) 7))
                .then(failingOnce(job));
        JobId id = enqueue();
        mill.stop(start(handler, FIRST), ofSeconds(0));

        start(handler, new Reversal("first", "k2"));
        mill.pass(ofMinutes(1));

        assertThat(read).isEmpty();
        assertThat(failure(id).errorType()).isEqualTo(ValueTransformException.class.getName());
        assertThat(failure(id).message())
                .contains("The cursor of job " + id, "'first=k1': there is no key 'k1'")
                .contains("then retry the job");
    }

    @Test
    void aSignalThatCannotBeDecodedIsNotTakenForOneThatHasNotCome() {
        JobClient.builder(mill.store())
                .transform(FIRST)
                .build()
                .signal("flour", "rye")
                .block();

        AttemptFailure failure = failureOf(job -> job.signal("flour", String.class)
                .map(JobOutcome::complete)
                .defaultIfEmpty(JobOutcome.await("flour", ofHours(1))));

        assertThat(failure.errorType()).isEqualTo(ValueTransformException.class.getName());
        assertThat(failure.message())
                .contains("The value of the signal 'flour' was encoded by the transform 'first'", "configured are []");
    }

    @Test
    void aResultThatCannotBeDecodedIsAnErrorOfTheCallerOnly() {
        JobId id = enqueue();
        start(job -> Mono.just(JobOutcome.complete("flour")), FIRST);
        mill.pass(ofSeconds(1));

        Awaiting<String> plain = new Awaiting<>(JobClient.create(mill.store()).await(id, String.class));
        Awaiting<?> end = new Awaiting<>(JobClient.create(mill.store()).await(id));
        mill.pass(ofSeconds(1));

        assertThat(plain.error)
                .isInstanceOf(ValueTransformException.class)
                .hasMessageContaining("The result of job " + id)
                .hasMessageContaining("then try again");
        assertThat(end.results).hasSize(1);
    }

    @Test
    void aResultOfAnotherJobIsNotDecoded() {
        PayloadTransform forged = new Forged();

        AttemptFailure failure = failureOf(job -> job.step("scan", String.class, () -> Mono.just("flour")), forged);

        assertThat(failure.message()).contains("the bytes were changed");
    }

    /** Encodes for another job. */
    private record Forged() implements PayloadTransform {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public String keyId(Target target) {
            return "k1";
        }

        @Override
        public byte[] encode(byte[] json, Context context) {
            return FIRST.encode(json, new Context("step 0000000000000 scan", context.keyId()));
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return FIRST.decode(stored, context);
        }
    }

    @Test
    void whatDoesNotParseIsNotQuoted() {
        JobClient.builder(mill.store())
                .transform(FIRST)
                .build()
                .signal("flour", "a secret")
                .block();

        JobId id = enqueue();
        start(job -> job.signal("flour", Integer.class), FIRST);
        mill.pass(ofHours(3));

        assertThat(failure(id).errorType()).isEqualTo(ValueUnreadableException.class.getName());
        assertThat(failure(id).message()).contains("the signal 'flour'", "java.lang.Integer");
        assertThat(mill.store().inspector().findWithTraces(id).block().toString())
                .doesNotContain("a secret");
    }

    @Test
    void withoutTheRightTheErrorsAreWithheld() {
        JobClient.builder(mill.store())
                .transform(new Reversal("first", "key-of-ada"))
                .build()
                .signal("flour", "rye")
                .block();
        JobId id = enqueue();
        start(job -> job.signal("flour", String.class), FIRST);
        mill.pass(ofSeconds(1));
        JobOperator all = JobOperator.create(mill.store());

        assertThat(all.find(id).block().failures().get(0).message()).contains("key-of-ada");
        assertThat(all.as(new Actor("eve", Set.of(Right.VIEW))).find(id).block().toString())
                .doesNotContain("key-of-ada");
    }

    @Test
    void theLimitCountsWhatIsStored() {
        String fits = "x".repeat(JobConstraints.VALUE_BYTES / 4 * 3 - 100);

        AttemptFailure failure = failureOf(
                job -> job.step("scan", String.class, () -> Mono.just(fits))
                        .thenReturn(JobOutcome.complete(fits + fits)),
                FIRST);

        assertThat(failure.errorType()).isEqualTo(InvalidValueException.class.getName());
        assertThat(failure.message()).contains("the result: has", "bytes as it is stored", "65536 bytes");
    }

    @Test
    void aTransformThatFailsFailsWhatRecords() {
        AttemptFailure failure =
                failureOf(job -> Mono.just(JobOutcome.complete("flour")), new Reversal("first", "no key"));

        assertThat(failure.errorType()).isEqualTo(InvalidValueException.class.getName());
        assertThat(failure.message()).contains("the result: cannot be encoded by the transform 'first'", "'no key'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aValueThatLooksTransformedIsRefused(boolean isTransformed) {
        Map<String, String> alike = Map.of("value", "YQ==", "headrace.transform", "first=k1");
        PayloadTransform[] transforms = isTransformed ? new PayloadTransform[] {FIRST} : new PayloadTransform[0];

        AttemptFailure failure = failureOf(
                job -> job.step("nested", Map.class, () -> Mono.just(Map.of("nested", alike)))
                        .doOnNext(read::add)
                        .thenReturn(JobOutcome.complete(alike)),
                transforms);

        assertThat(read).contains(Map.of("nested", alike));
        assertThat(failure.errorType()).isEqualTo(InvalidValueException.class.getName());
        assertThat(failure.message()).contains("the result: has the field 'headrace.transform', which is reserved");
    }
}
