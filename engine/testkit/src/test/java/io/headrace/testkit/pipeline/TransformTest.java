package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.AttemptFailure;
import io.headrace.FailedJobs;
import io.headrace.InvalidJobException;
import io.headrace.InvalidSettingException;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransformException;
import io.headrace.PayloadTransforms;
import io.headrace.PayloadUnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Payloads that are stored transformed, and the engines that read them. */
class TransformTest {

    private static final JobType<String> SIFT = JobType.of("sift", String.class);
    private static final Reversal FIRST = new Reversal("first", "k1");
    private static final Reversal SECOND = new Reversal("second", "2026-11");

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Job<String>> handled = new ArrayList<>();

    private JobEngine start(PayloadTransform... transforms) {
        return mill.start(with(transforms).andThen(this::grinding)::apply);
    }

    private static UnaryOperator<JobEngine.Builder> with(PayloadTransform... transforms) {
        return e -> {
            JobEngine.Builder builder = e;
            for (PayloadTransform transform : transforms) {
                builder = builder.transform(transform);
            }
            return builder;
        };
    }

    private JobEngine.Builder grinding(JobEngine.Builder builder) {
        return builder.subscribe(GRIND, job -> Mono.fromRunnable(() -> handled.add(job)))
                .subscribe(SIFT, job -> Mono.fromRunnable(() -> handled.add(job)));
    }

    private JobId stored(NewJob<?> job, PayloadTransform... transforms) {
        JobClient.Builder client = JobClient.builder(mill.store());
        for (PayloadTransform transform : transforms) {
            client = client.transform(transform);
        }
        List<JobId> ids = new ArrayList<>();
        client.build().enqueue(job).subscribe(enqueued -> ids.add(enqueued.id()));
        mill.settleDown();
        return ids.get(0);
    }

    private AttemptFailure failure(JobId id) {
        JobSnapshot dead = mill.find(id);
        assertThat(dead.state()).isEqualTo(JobState.FAILED);
        assertThat(dead.failures()).hasSize(1);
        return dead.failures().get(0);
    }

    @Test
    void whatIsStoredIsABase64StringAndTheHandlerGetsThePayload() {
        JobId id = stored(GRIND.job("rye").header("trace", "00-ab"), FIRST, SECOND);

        JobSnapshot job = mill.find(id);
        assertThat(job.payload()).matches("\"[A-Za-z0-9+/]+=*\"");
        assertThat(job.payloadTransform()).isEqualTo("first=k1,second=2026-11");
        assertThat(job.headers()).contains("\"headrace.transform\":\"first=k1,second=2026-11\"");

        start(SECOND, FIRST);

        assertThat(handled).singleElement().satisfies(read -> {
            assertThat(read.payload()).isEqualTo("rye");
            assertThat(read.headers()).isEqualTo(Map.of("trace", "00-ab"));
        });
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void aLongPayloadThatIsReadByItselfIsDecodedAsWell() {
        stored(GRIND.job("rye".repeat(5_000)), FIRST);

        start(FIRST);

        assertThat(handled).extracting(Job::payload).containsExactly("rye".repeat(5_000));
    }

    @Test
    void whatWasEnqueuedBeforeThereWasATransformIsRead() {
        JobId id = stored(GRIND.job("rye"));
        assertThat(mill.find(id).payloadTransform()).isNull();

        start(FIRST);

        assertThat(handled).extracting(Job::payload).containsExactly("rye");
    }

    @Test
    void onlySomeKindsAreTransformedAndAllAreRead() {
        JobId grind = stored(GRIND.job("rye"), FIRST.only(GRIND));
        JobId sift = stored(SIFT.job("bran"), FIRST.only(GRIND));
        assertThat(mill.find(grind).payloadTransform()).isEqualTo("first=k1");
        assertThat(mill.find(sift).payload()).isEqualTo("\"bran\"");

        JobEngine engine = start(FIRST.readOnly());
        JobId plain = mill.enqueue(engine, GRIND.job("oats"));

        assertThat(handled).extracting(Job::payload).contains("rye", "bran", "oats");
        assertThat(mill.find(plain).payload()).isEqualTo("\"oats\"");
    }

    @Test
    void keysAreRotatedWhileJobsAreStored() {
        JobId old = stored(GRIND.job("old"), FIRST);
        Reversal rotated = new Reversal("first", "k2", "k1");
        JobEngine engine = start(rotated);

        JobId young = mill.enqueue(engine, GRIND.job("young"));

        assertThat(handled).extracting(Job::payload).containsExactly("old", "young");
        assertThat(mill.find(old).payloadTransform()).isEqualTo("first=k1");
        assertThat(mill.find(young).payloadTransform()).isEqualTo("first=k2");
    }

    @Test
    void theKeyMayDependOnAHeader() {
        JobId id = stored(GRIND.job("rye").header("tenant", "mill-7"), FIRST);

        assertThat(mill.find(id).payloadTransform()).isEqualTo("first=mill-7");
    }

    @Test
    void withoutTheTransformTheJobFailsAtOnceAndIsRetriedWithIt() {
        JobId id = stored(GRIND.job("rye"), FIRST);
        JobEngine engine = start(SECOND);

        AttemptFailure failure = failure(id);
        assertThat(failure.errorType()).isEqualTo(PayloadTransformException.class.getName());
        assertThat(failure.message())
                .contains("kind 'grind'", "the transform 'first', which is not configured here", "[second]")
                .contains("transform()", "retry the job");
        mill.stop(engine, ofSeconds(1));

        start(FIRST);
        JobOperator.create(mill.store())
                .retryFailed(FailedJobs.byId(Set.of(id)))
                .subscribe();
        mill.pass(ofMinutes(1));

        assertThat(handled).extracting(Job::payload).containsExactly("rye");
    }

    @Test
    void anUnknownKeyFailsTheJobAtOnce() {
        JobId id = stored(GRIND.job("rye"), FIRST);

        start(new Reversal("first", "k2"));

        assertThat(failure(id).errorType()).isEqualTo(PayloadTransformException.class.getName());
        assertThat(failure(id).message()).contains("'first=k1': there is no key 'k1'");
    }

    @Test
    void ofABatchOnlyTheJobFailsThatCannotBeDecoded() {
        JobId unknown = stored(GRIND.job("rye"), SECOND);
        stored(GRIND.job("oats"), FIRST);

        mill.start(e -> e.transform(FIRST)
                .subscribe(
                        JobHandler.batch(GRIND, b -> b, jobs -> Mono.fromRunnable(() -> jobs.forEach(handled::add)))));
        mill.pass(ofSeconds(1));

        assertThat(failure(unknown).message()).contains("'second', which is not configured here");
        assertThat(handled).extracting(Job::payload).containsExactly("oats");
    }

    @Test
    void aPayloadOfAnotherKindIsNotDecoded() {
        JobId id = stored(SIFT.job("rye"), new Renamed(FIRST));

        start(FIRST);

        assertThat(failure(id).message()).contains("the bytes were changed");
    }

    /** Encodes for another kind than that of the job. */
    private record Renamed(PayloadTransform other) implements PayloadTransform {
        @Override
        public String name() {
            return other.name();
        }

        @Override
        public String keyId(Target target) {
            return other.keyId(target);
        }

        @Override
        public byte[] encode(byte[] payload, Context context) throws Exception {
            return other.encode(payload, new Context("payload grind", context.keyId()));
        }

        @Override
        public byte[] decode(byte[] stored, Context context) throws Exception {
            return other.decode(stored, context);
        }
    }

    @Test
    void aDecodedPayloadThatDoesNotParseIsNotQuoted() {
        JobType<Integer> now = JobType.of("grind", Integer.class);
        JobId id = stored(GRIND.job("a secret"), FIRST);

        mill.start(e -> e.transform(FIRST).subscribe(JobHandler.of(now, job -> Mono.empty())));

        AttemptFailure failure = failure(id);
        assertThat(failure.errorType()).isEqualTo(PayloadUnreadableException.class.getName());
        assertThat(failure.message())
                .contains("kind 'grind'", "java.lang.Integer")
                .doesNotContain("a secret");
        assertThat(mill.store().inspector().findWithTraces(id).block().toString())
                .doesNotContain("a secret");
    }

    @Test
    void theHeaderIsReserved() {
        assertThatExceptionOfType(InvalidJobException.class)
                .isThrownBy(() -> GRIND.job("rye").header(PayloadTransforms.HEADER, "first=k1"))
                .withMessageContaining("'headrace.transform' is reserved")
                .satisfies(e -> assertThat(e.field()).isEqualTo("header"));
    }

    @Test
    void aNameIsValidAndThereOnce() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> with(FIRST, FIRST.only(GRIND))
                        .andThen(this::grinding)
                        .apply(JobEngine.builder(mill.store()))
                        .build())
                .withMessageContaining("'first' is configured twice");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JobClient.builder(mill.store())
                        .transform(new Reversal("a=b", "k1"))
                        .build())
                .withMessageContaining("'a=b'");
    }

    @Test
    void whatTheOperatorEnqueuesIsTransformedAsWell() {
        JobOperator operator =
                JobOperator.builder(mill.store()).transform(FIRST).build();
        List<JobId> ids = new ArrayList<>();
        operator.enqueue(GRIND.job("rye")).subscribe(enqueued -> ids.add(enqueued.id()));
        mill.settleDown();

        assertThat(mill.find(ids.get(0)).payloadTransform()).isEqualTo("first=k1");
        start(FIRST);
        assertThat(handled).extracting(Job::payload).containsExactly("rye");
    }

    @Test
    void aDebouncedJobHasThePayloadAndTheHeaderOfItsLastEnqueue() {
        NewJob<String> quiet = GRIND.job("rye").debounce("mill", ofSeconds(10), ofMinutes(1));
        JobId id = stored(quiet, FIRST);
        assertThat(stored(GRIND.job("oats").debounce("mill", ofSeconds(10), ofMinutes(1))))
                .isEqualTo(id);
        assertThat(mill.find(id).payloadTransform()).isNull();
        stored(GRIND.job("spelt").debounce("mill", ofSeconds(10), ofMinutes(1)), SECOND);
        assertThat(mill.find(id).payloadTransform()).isEqualTo("second=2026-11");

        start(SECOND);
        mill.pass(ofSeconds(11));

        assertThat(handled).extracting(Job::payload).containsExactly("spelt");
    }
}
