package pages;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.FailedJobs;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransform.Target;
import io.headrace.PayloadTransformException;
import io.headrace.PayloadTransforms;
import io.headrace.TransformSubject;
import io.headrace.ValueTransformException;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedStep;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.TestSchema;
import io.headrace.postgres.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The program of docs/payload-transforms.md does what the page says. */
class TransformPagesTest {

    private static final Duration PATIENCE = ofSeconds(30);
    private static final Transforms.Letter LETTER = new Transforms.Letter("ada", "do not tell anybody. ".repeat(100));

    private final TestSchema schema = new TestSchema(TestServer.newest());
    private final PostgresJobStore store = schema.store();
    private final JobOperator operator = JobOperator.create(store);
    private final Queue<Transforms.Letter> sent = new ConcurrentLinkedQueue<>();
    private final SecretKey old = key();
    private final SecretKey young = key();
    private final PayloadTransform before;
    private final PayloadTransform after;

    TransformPagesTest() throws NoSuchAlgorithmException {
        before = new Transforms.AesGcm(Map.of("2026-10", old), "2026-10");
        after = Transforms.rotated(old, young);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
        schema.close();
    }

    private static SecretKey key() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            return generator.generateKey();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private JobId enqueue(PayloadTransform aes, Transforms.Letter letter) {
        return Transforms.client(store, aes)
                .enqueue(Transforms.SEND.job(letter))
                .block(PATIENCE)
                .id();
    }

    private JobState run(PayloadTransform aes, JobId id) {
        JobEngine engine = Transforms.engine(store, aes, this::send);
        engine.start().block(PATIENCE);
        try {
            JobClient client =
                    JobClient.builder(store).watchInterval(ofMillis(20)).build();
            return client.await(id).block(PATIENCE).state();
        } finally {
            engine.stop(ofSeconds(5)).block(PATIENCE);
        }
    }

    private Mono<String> send(Transforms.Letter letter) {
        return Mono.fromSupplier(() -> {
            sent.add(letter);
            return "RX 4711";
        });
    }

    private JobSnapshot find(JobId id) {
        return operator.find(id).block(PATIENCE);
    }

    @Test
    void keysAreRotatedWhileJobsAreStored() {
        JobId first = enqueue(before, LETTER);
        JobId second = enqueue(after, LETTER);

        assertThat(run(after, first)).isEqualTo(JobState.COMPLETED);
        assertThat(run(after, second)).isEqualTo(JobState.COMPLETED);

        assertThat(sent).containsExactly(LETTER, LETTER);
        assertThat(find(first).payloadTransform()).isEqualTo("gzip,aes-gcm=2026-10");
        assertThat(find(second).payloadTransform()).isEqualTo("gzip,aes-gcm=2026-11");
        assertThat(find(second).payload()).matches("\"[A-Za-z0-9+/]+=*\"").hasSizeLessThan(400);
        assertThat(Transforms.payload(operator, after, second).block(PATIENCE))
                .isEqualTo("{\"to\":\"ada\",\"text\":\"" + LETTER.text() + "\"}");
    }

    @Test
    void whatTheJobKeepsIsEncryptedAsWell() {
        JobId id = enqueue(before, LETTER);
        assertThat(run(before, id)).isEqualTo(JobState.COMPLETED);

        assertThat(Transforms.client(store, after).await(id, String.class).block(PATIENCE))
                .isEqualTo("RX 4711");
        JobRecord stored = operator.record(id).block(PATIENCE);
        assertThat(stored.toString() + find(id)).doesNotContain("RX 4711");
        assertThat(List.of(find(id).result(), stored.steps().get(0).value()))
                .extracting(PayloadTransforms::valueTransform)
                .containsOnly("aes-gcm=2026-10");
        assertThat(stored.steps().get(0).value()).hasSize(106);
        assertThat(Transforms.record(operator, after, id).block(PATIENCE).steps())
                .extracting(RecordedStep::value)
                .containsExactly("\"RX 4711\"");
    }

    @Test
    void theQueryOfThePageCountsPayloadsAndValues() throws IOException {
        run(before, enqueue(before, LETTER));
        String page = Files.readString(Path.of("../../docs/payload-transforms.md"));
        String query =
                page.replaceAll("(?s).*```sql\\s(.*?);\\s```.*", "$1").replaceAll("headrace\\.(?!transform)", "%s.");

        assertThat(schema.number("SELECT sum(n)::bigint FROM (" + query + ") AS stored (transform, n)"
                        + " WHERE transform IN ('gzip,aes-gcm=2026-10', 'aes-gcm=2026-10')"))
                .as("a payload, a step and a result")
                .isEqualTo(3);
    }

    @Test
    void aCiphertextIsBoundToWhatItBelongsTo() {
        PayloadTransforms transforms = PayloadTransforms.of(List.of(after));
        TransformSubject mine = TransformSubject.result(new JobId(1));
        String result = transforms.encodeValue("the result", new Target(mine, "send-letter", Map.of()), "1");

        assertThat(transforms.decodeValue(mine, result)).isEqualTo("1");
        assertThatExceptionOfType(ValueTransformException.class)
                .isThrownBy(() -> transforms.decodeValue(TransformSubject.result(new JobId(2)), result))
                .withMessageContaining("Tag mismatch");
    }

    @Test
    void theResultIsAwaitedByTheOneWhoEnqueued() {
        JobEngine engine = Transforms.engine(store, after, this::send);
        engine.start().block(PATIENCE);
        try {
            assertThat(Transforms.send(Transforms.client(store, after), LETTER).block(PATIENCE))
                    .isEqualTo("RX 4711");
        } finally {
            engine.stop(ofSeconds(5)).block(PATIENCE);
        }
    }

    @Test
    void aTransformOfSomeTypesEncryptsTheirPayloadsOnly() {
        PayloadTransforms some = PayloadTransforms.of(List.of(Transforms.encryptingSome(after)));

        assertThat(some.applyingTo(Target.payload("send-letter", Map.of())).isEmpty())
                .isFalse();
        assertThat(some.applyingTo(new Target(TransformSubject.signal("paid"), null, Map.of()))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void whatIsNotTransformedIsRead() {
        JobId id = JobClient.create(store)
                .enqueue(Transforms.SEND.job(LETTER))
                .block(PATIENCE)
                .id();

        assertThat(run(after, id)).isEqualTo(JobState.COMPLETED);

        assertThat(sent).containsExactly(LETTER);
    }

    @Test
    void aJobWhoseKeyIsMissingFailsAtOnceAndCanBeRetried() {
        JobId id = enqueue(after, LETTER);

        assertThat(run(before, id)).isEqualTo(JobState.FAILED);

        assertThat(find(id).failures()).singleElement().satisfies(failure -> {
            assertThat(failure.errorType()).isEqualTo(PayloadTransformException.class.getName());
            assertThat(failure.message()).contains("there is no key '2026-11'");
        });
        assertThat(operator.retryFailed(FailedJobs.byId(Set.of(id)))
                        .block(PATIENCE)
                        .retried())
                .isOne();
        assertThat(run(after, id)).isEqualTo(JobState.COMPLETED);
        assertThat(sent).containsExactly(LETTER);
    }

    @Test
    void whatWasChangedIsNotDecrypted() throws NoSuchAlgorithmException {
        PayloadTransforms transforms = PayloadTransforms.of(List.of(after));
        PayloadTransforms.Encoded letter = transforms.encode("send-letter", Map.of(), "\"hello\"");
        String changed = letter.json().replaceFirst("^\"..", letter.json().startsWith("\"AA") ? "\"BB" : "\"AA");
        PayloadTransforms wrongKey =
                PayloadTransforms.of(List.of(new Transforms.AesGcm(Map.of("2026-11", old), "2026-11")));

        assertThat(transforms.decode("send-letter", letter.header(), letter.json()))
                .isEqualTo("\"hello\"");
        assertThat(refused(transforms, "send-letter", letter.header(), changed)).contains("Tag mismatch");
        assertThat(refused(transforms, "other-kind", letter.header(), letter.json()))
                .contains("Tag mismatch");
        assertThat(refused(wrongKey, "send-letter", letter.header(), letter.json()))
                .contains("Tag mismatch");
    }

    private static String refused(PayloadTransforms transforms, String kind, String header, String stored) {
        try {
            return transforms.decode(kind, header, stored);
        } catch (PayloadTransformException e) {
            return e.getMessage();
        }
    }

    /** Notes the threads on which it is called. */
    private record Noting(List<Thread> encodes, List<Thread> decodes) implements PayloadTransform {

        @Override
        public String name() {
            return "noting";
        }

        @Override
        public byte[] encode(byte[] payload, Context context) {
            encodes.add(Thread.currentThread());
            return payload;
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            decodes.add(Thread.currentThread());
            return stored;
        }
    }

    @Test
    void encodingIsDoneWhereTheCallerIsAndDecodingWhereTheHandlerIs() {
        Noting noting = new Noting(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
        List<Thread> handlers = new CopyOnWriteArrayList<>();
        JobEngine engine = JobEngine.builder(store)
                .client(client -> client.watchInterval(ofMillis(20)))
                .transform(noting)
                .subscribe(JobHandler.blocking(Transforms.SEND, job -> handlers.add(Thread.currentThread())))
                .build();
        engine.start().block(PATIENCE);

        JobId id = engine.client()
                .enqueue(Transforms.SEND.job(LETTER))
                .block(PATIENCE)
                .id();
        engine.client().await(id).block(PATIENCE);
        engine.stop(ofSeconds(5)).block(PATIENCE);

        assertThat(noting.encodes()).containsExactly(Thread.currentThread());
        assertThat(noting.decodes()).hasSize(1).isEqualTo(handlers);
    }

    @Test
    void whatWouldFillTheMemoryIsNotUnpacked() {
        PayloadTransforms packer = PayloadTransforms.of(List.of(new Transforms.Gzip(1_000)));
        PayloadTransforms.Encoded packed = packer.encode("send-letter", Map.of(), "\"" + "x".repeat(10_000) + "\"");

        assertThat(refused(packer, "send-letter", packed.header(), packed.json()))
                .contains("'gzip': it is longer than 1000 bytes");
    }
}
