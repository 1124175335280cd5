package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.BatchOutcome;
import io.headrace.Delivery;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject.Content;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedSignal;
import io.headrace.operate.RecordedStep;
import io.headrace.testkit.InMemoryTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Results, steps, cursors and the values of signals are stored transformed, wherever they are written, and read again. */
class ValueTransformTest {

    private static final Reversal FIRST = new Reversal("first", "k1");
    private static final Reversal SECOND = new Reversal("second", "2026-11");
    private static final JobType<String> BAKE = JobType.of("bake", String.class);
    private static final String SECRET = "a secret";

    @RegisterExtension
    final Mill mill = new Mill();

    private final List<Object> read = new ArrayList<>();

    private JobEngine start(Function<Job<String>, Publisher<?>> handler, PayloadTransform... transforms) {
        return mill.start(e -> {
            JobEngine.Builder builder = e;
            for (PayloadTransform transform : transforms) {
                builder = builder.transform(transform);
            }
            return builder.subscribe(GRIND, handler).subscribe(BAKE, job -> Mono.empty());
        });
    }

    private JobId run(Function<Job<String>, Publisher<?>> handler, PayloadTransform... transforms) {
        JobId id = mill.enqueue(start(handler, transforms), GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        return id;
    }

    private JobRecord record(JobId id) {
        return mill.store().inspector().record(id).block();
    }

    private String result(JobId id) {
        JobSnapshot job = mill.find(id);
        assertThat(job.state()).isEqualTo(JobState.COMPLETED);
        return job.result();
    }

    private <T> List<T> await(JobClient client, JobId id, Class<T> type) {
        Awaiting<T> awaiting = new Awaiting<>(client.await(id, type));
        mill.pass(ofSeconds(2));
        assertThat(awaiting.error).isNull();
        return awaiting.results;
    }

    private static void isEncoded(String stored, String transform) {
        assertThat(stored).doesNotContain(SECRET);
        assertThat(PayloadTransforms.valueTransform(stored)).isEqualTo(transform);
    }

    private JobClient client(PayloadTransform... transforms) {
        JobClient.Builder client = JobClient.builder(mill.store());
        for (PayloadTransform transform : transforms) {
            client = client.transform(transform);
        }
        return client.build();
    }

    @Test
    void aResultIsStoredEncodedAndAwaitedDecoded() {
        JobId id = run(job -> Mono.just(JobOutcome.complete(List.of(SECRET))), FIRST, SECOND);

        isEncoded(result(id), "first=k1,second=2026-11");
        assertThat(await(client(SECOND, FIRST), id, List.class)).containsExactly(List.of(SECRET));
    }

    @Test
    void aClientInTheSameProcessGetsWhatIsDecoded() {
        JobEngine engine = start(job -> Mono.delay(ofSeconds(1)).thenReturn(JobOutcome.complete(SECRET)), FIRST);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        assertThat(await(engine.client(), id, String.class)).containsExactly(SECRET);
    }

    @Test
    void stepsAndTheCursorAreStoredEncodedAndReadByTheNextAttempt() {
        Function<Job<String>, Publisher<?>> handler = job -> job.step("scan", String.class, () -> {
                    read.add("work");
                    return Mono.just(SECRET);
                })
                .doOnNext(read::add)
                .then(job.cursor(String.class).doOnNext(read::add))
                .then(job.cursor((Object) (SECRET + job.attempt())))
                .then(job.attempt() == 1 ? Mono.error(new IllegalStateException()) : Mono.empty());
        JobId id = run(handler, FIRST);

        assertThat(read).containsExactly("work", SECRET);
        JobRecord stored = record(id);
        assertThat(stored.steps()).extracting(RecordedStep::name).containsExactly("scan");
        isEncoded(stored.steps().get(0).value(), "first=k1");
        isEncoded(stored.cursor().value(), "first=k1");

        mill.pass(ofHours(1));

        assertThat(read).containsExactly("work", SECRET, SECRET, SECRET + 1);
        JobRecord shown = record(id).withValues(PayloadTransforms.of(List.of(FIRST))::decodeValue);
        assertThat(shown.steps().get(0).value()).isEqualTo('"' + SECRET + '"');
        assertThat(shown.cursor().value()).isEqualTo('"' + SECRET + "2\"");
    }

    @Test
    void anEmptyStepHasNothingToEncode() {
        JobId id = run(job -> job.step("mail", Mono::empty), FIRST);

        assertThat(record(id).steps()).extracting(RecordedStep::value).containsExactly((String) null);
    }

    @Test
    void theValueOfASignalIsStoredEncodedByEverySender() {
        JobEngine engine = start(job -> job.signal(job.payload(), String.class).doOnNext(read::add), FIRST);
        client(FIRST).signal("by client", SECRET).block();
        JobOperator operator =
                JobOperator.builder(mill.store()).transform(FIRST).build();
        operator.signal("by operator", SECRET).subscribe();
        client().signal("by command", SECRET).block();
        engine.operator().signal("by desk", SECRET).subscribe();
        mill.settleDown();

        List<JobId> ids = List.of("by client", "by operator", "by command", "by desk").stream()
                .map(key -> mill.enqueue(engine, GRIND.job(key)))
                .toList();

        assertThat(read).hasSize(4).containsOnly(SECRET);
        assertThat(ids)
                .extracting(id -> record(id).signals().get(0))
                .extracting(RecordedSignal::value)
                .map(PayloadTransforms::valueTransform)
                .containsExactly("first=k1", "first=k1", null, "first=k1");
    }

    @Test
    void aCompletionInATransactionAndItsFollowUpsAreEncoded() {
        List<JobId> next = new ArrayList<>();
        JobId id = run(
                job -> {
                    InMemoryTransaction transaction = mill.store().begin();
                    NewJob<String> bake = BAKE.job(SECRET).delay(ofHours(1));
                    return job.completeIn(transaction, JobOutcome.completeThen(List.of(bake), SECRET))
                            .then(Mono.defer(transaction::commit));
                },
                FIRST);

        isEncoded(result(id), "first=k1");
        followUps(next, id);
        assertThat(next).hasSize(1);
    }

    @Test
    void followUpsAreEncodedAsEnqueuedJobsAre() {
        JobId id = run(
                job -> Mono.just(
                        JobOutcome.completeThen(List.of(BAKE.job(SECRET).delay(ofHours(1))), SECRET)),
                FIRST.only(BAKE));

        assertThat(result(id)).isEqualTo('"' + SECRET + '"');
        List<JobId> next = new ArrayList<>();
        followUps(next, id);
        assertThat(next).hasSize(1);
    }

    private void followUps(List<JobId> into, JobId id) {
        JobOperator.create(mill.store())
                .jobs(JobFilter.any().withKind("bake"), null, 10)
                .block()
                .jobs()
                .forEach(job -> into.add(job.id()));
        into.forEach(each -> {
            assertThat(mill.find(each).after()).isEqualTo(id);
            assertThat(mill.find(each).payloadTransform()).isEqualTo("first=k1");
            assertThat(mill.find(each).payload()).doesNotContain(SECRET);
        });
    }

    @Test
    void theResultsOfABatchAreEncoded() {
        JobEngine engine = mill.start(e -> e.transform(FIRST)
                .subscribe(JobHandler.batch(
                        GRIND,
                        b -> b,
                        jobs -> Flux.fromIterable(jobs)
                                .map(job -> BatchOutcome.of(job, JobOutcome.complete(SECRET))))));
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));

        isEncoded(result(id), "first=k1");
    }

    @Test
    void theResultOfADeliveryIsEncoded() {
        JobEngine engine = mill.start(e -> e.transform(FIRST));
        engine.receive(GRIND)
                .concatMap((Delivery<String> delivery) -> delivery.settle(JobOutcome.complete(SECRET)))
                .subscribe();
        JobId id = client().enqueue(GRIND.job("rye")).block().id();
        mill.pass(ofSeconds(5));

        isEncoded(result(id), "first=k1");
    }

    @Test
    void theKeyMayDependOnAHeaderOfTheJob() {
        JobEngine engine = start(
                job -> job.step("scan", String.class, () -> Mono.just(SECRET)).thenReturn(JobOutcome.complete(SECRET)),
                new Reversal("first", "k1", "mill-7"));

        for (String payload : List.of("rye", "rye".repeat(5_000))) {
            JobId id = mill.enqueue(engine, GRIND.job(payload).header("tenant", "mill-7"));
            mill.pass(ofSeconds(1));

            isEncoded(result(id), "first=mill-7");
            isEncoded(record(id).steps().get(0).value(), "first=mill-7");
        }
    }

    @Test
    void keysAreRotatedWhileValuesAreStored() {
        JobId old = run(job -> Mono.just(JobOutcome.complete("old")), FIRST);

        assertThat(await(client(new Reversal("first", "k2", "k1")), old, String.class))
                .containsExactly("old");
    }

    @Test
    void whatWasWrittenWithoutATransformIsRead() {
        Function<Job<String>, Publisher<?>> handler = job -> job.step("scan", String.class, () -> Mono.just(SECRET))
                .doOnNext(read::add)
                .then(job.attempt() == 1 ? Mono.error(new IllegalStateException()) : Mono.empty());
        JobEngine engine = start(handler);
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.stop(engine, ofSeconds(0));
        assertThat(record(id).steps().get(0).value()).isEqualTo('"' + SECRET + '"');

        start(handler, FIRST);
        mill.pass(ofHours(1));

        assertThat(read).containsExactly(SECRET, SECRET);
        assertThat(mill.find(id).state()).isEqualTo(JobState.COMPLETED);
    }

    @Test
    void someContentOnlyIsEncoded() {
        JobId id = run(
                job -> job.step("scan", String.class, () -> Mono.just(SECRET)).thenReturn(JobOutcome.complete(SECRET)),
                FIRST.only(target -> target.content() == Content.RESULT));

        isEncoded(result(id), "first=k1");
        assertThat(record(id).steps().get(0).value()).isEqualTo('"' + SECRET + '"');
        assertThat(mill.find(id).payloadTransform()).isNull();
    }

    @Test
    void ofTransformsOfSomeKindsTheOthersAndSignalsAreNotEncoded() {
        JobId id = run(job -> Mono.just(JobOutcome.complete(SECRET)), FIRST.only(BAKE));
        client(FIRST.only(GRIND)).signal("flour", SECRET).block();

        assertThat(result(id)).isEqualTo('"' + SECRET + '"');
        JobId reader = run(job -> job.signal("flour", String.class).doOnNext(read::add));
        assertThat(record(reader).signals().get(0).value()).isEqualTo('"' + SECRET + '"');
    }
}
