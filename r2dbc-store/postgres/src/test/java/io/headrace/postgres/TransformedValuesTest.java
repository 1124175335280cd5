package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.Backoff;
import io.headrace.Job;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.RetryPolicy;
import io.headrace.operate.JobRecord;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** With a transform, nothing that a job is given or keeps is found in any table. */
@OnEachServer
class TransformedValuesTest extends CompleteInTests {

    private static final String SECRET = "do-not-tell";
    private static final PayloadTransform INVERTED = new Inverted();

    TransformedValuesTest(TestServer server) {
        super(server);
    }

    /** Inverts each bit. */
    private record Inverted() implements PayloadTransform {
        @Override
        public String name() {
            return "inverted";
        }

        /** With a character that JSON escapes. */
        @Override
        public String keyId(Target target) {
            return "\"k\\1\"";
        }

        @Override
        public byte[] encode(byte[] json, Context context) {
            byte[] inverted = json.clone();
            for (int i = 0; i < inverted.length; i++) {
                inverted[i] = (byte) ~inverted[i];
            }
            return inverted;
        }

        @Override
        public byte[] decode(byte[] stored, Context context) {
            return encode(stored, context);
        }
    }

    private Publisher<?> handle(Job<String> job) {
        if (job.payload().endsWith("in")) {
            return transaction(connection -> insert(connection, job)
                    .then(job.completeIn(store().transaction(connection), JobOutcome.complete("in " + job.payload()))));
        }
        return job.step("scan", String.class, () -> Mono.just("scan " + SECRET))
                .flatMap(scan -> job.cursor((Object) ("cursor " + scan)))
                .then(
                        job.attempt() == 1
                                ? Mono.error(new IllegalStateException("once"))
                                : job.cursor(String.class).zipWith(job.signal("flour", String.class)))
                .map(both -> JobOutcome.completeThen(
                        List.of(GRIND.job(SECRET).delay(ofHours(1))), both.getT1() + " and " + both.getT2()));
    }

    /** All rows of all tables. */
    private String everything() {
        return schema.text(
                schema.text("SELECT 'SELECT ' || string_agg(format('coalesce((SELECT string_agg(t::text, chr(10))"
                        + " FROM %1$s t), '''')', oid::regclass), ' || chr(10) || ') FROM pg_class"
                        + " WHERE relkind = 'r' AND relnamespace = '%s'::regnamespace"));
    }

    private long encoded(String table) {
        return schema.number("SELECT count(*) FROM %s." + table
                + " WHERE value::text LIKE '%%headrace.transform%%'".replace("%%", "%"));
    }

    @Test
    void nothingOfThePlainTextIsInAnyTable() {
        JobEngine engine = start(JobEngine.builder(openStore())
                .transform(INVERTED)
                .queue("default", q -> q.concurrency(2))
                .subscribe(JobHandler.<String>of(GRIND, this::handle)
                        .retry(RetryPolicy.defaults().backoff(Backoff.fixed(ofMillis(10))))));
        JobClient client = JobClient.builder(schema.store())
                .watchInterval(ofMillis(50))
                .transform(INVERTED)
                .build();
        JobId kept = client.enqueue(GRIND.job(SECRET)).block(PATIENCE).id();
        JobId in = client.enqueue(GRIND.job(SECRET + " in")).block(PATIENCE).id();
        transaction(connection ->
                        client.in(schema.store().transaction(connection)).signal("flour", "flour " + SECRET))
                .block(PATIENCE);

        assertThat(client.await(in, String.class).block(PATIENCE)).isEqualTo("in " + SECRET + " in");
        assertThat(client.await(kept, String.class).block(PATIENCE))
                .isEqualTo("cursor scan " + SECRET + " and flour " + SECRET);

        awaitNothingLeased();
        assertThat(everything()).contains("grind", "flour", "scan").doesNotContain(SECRET);
        assertThat(List.of("result", "step", "job_cursor", "signal"))
                .extracting(this::encoded)
                .containsExactly(2L, 1L, 1L, 1L);
        JobOperator operator = engine.operator();
        PayloadTransforms transforms = PayloadTransforms.of(List.of(INVERTED));
        JobRecord record = operator.record(kept).block(PATIENCE);
        assertThat(record.toString()).doesNotContain(SECRET);
        assertThat(record.withValues(transforms::decodeValue).toString())
                .contains("\"scan " + SECRET, "\"cursor scan " + SECRET, "\"flour " + SECRET);
        assertThat(transforms.decodeResult(operator.find(in).block(PATIENCE))).isEqualTo("\"in " + SECRET + " in\"");
    }
}
