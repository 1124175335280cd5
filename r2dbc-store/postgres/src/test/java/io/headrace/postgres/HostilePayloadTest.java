package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.EncodedJob;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * Jobs that did not come by a client of today's, whose payloads are short in the table and long, or impossible, as text: each
 * is dealt with by itself, and the others run.
 */
@OnEachServer
@Tag("slow")
class HostilePayloadTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final TestServer server;
    private final TestSchema schema;
    private final AtomicInteger handled = new AtomicInteger();
    private final JobEngine engine;

    HostilePayloadTest(TestServer server) {
        this.server = server;
        this.schema = new TestSchema(server, HostilePayloadTest::printedBySomeFunction);
        schema.execute(
                "CREATE FUNCTION " + schema.name() + ".print(payload jsonb) RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF payload ->> 0 = 'hostile' THEN RAISE 'no string so long' USING ERRCODE = '54000'; END IF;"
                        + " IF payload ->> 0 = 'endless' THEN PERFORM pg_sleep(60); END IF;"
                        + " RETURN payload::text; END $$");
        this.engine = engine(schema.store());
    }

    private JobEngine engine(PostgresJobStore store) {
        return JobEngine.builder(store)
                .payloadBudget(1 << 20)
                .codec(new AsItIs())
                .subscribe(GRIND, job -> Mono.fromRunnable(handled::incrementAndGet))
                .build();
    }

    /** Where payloads are printed, a function is that fails over one of them: what PostgreSQL itself fails over takes seconds. */
    private static Statements printedBySomeFunction(SchemaName schema) {
        Statements all = Statements.of(schema);
        return name -> all.named(name)
                .replace("j.payload::text", schema.text() + ".print(j.payload)")
                .replace("THEN place.payload", "THEN " + schema.text() + ".print(place.payload)::jsonb");
    }

    /** Hands the JSON on. */
    private static final class AsItIs implements PayloadCodec {
        @Override
        public void write(Object payload, Writer json) throws IOException {
            json.write((String) payload);
        }

        @Override
        public Object read(String json, Type type) {
            return json;
        }
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            engine.stop().block(PATIENCE);
            assertThat(engine.operator().audit().block(PATIENCE)).hasToString("ok");
        } finally {
            schema.close();
        }
    }

    /** As another version's client, which does not look at the numbers. */
    private List<JobId> enqueue(List<String> payloads) {
        List<EncodedJob> jobs = payloads.stream().map(json -> job(json, null)).toList();
        return schema.store().intake().enqueue(jobs, 0).block(PATIENCE).stream()
                .map(answer -> answer.id())
                .toList();
    }

    private static EncodedJob job(String json, @Nullable Integer maxAttempts) {
        return new EncodedJob("default", "grind", 4, Duration.ZERO, null, json, null, maxAttempts, null);
    }

    private static String numbers(int howMany) {
        return "[" + String.join(",", Collections.nCopies(howMany, "1e131000")) + "]";
    }

    private long completed() {
        return schema.number("SELECT coalesce(sum(size), 0) FROM %s.completed");
    }

    @Test
    void aPayloadThatPostgresqlFailsOverFailsItsJobAndNoOther() {
        List<String> payloads = new ArrayList<>(Collections.nCopies(40, "[\"" + "x".repeat(20_000) + "\"]"));
        payloads.addAll(Collections.nCopies(40, "[1]"));
        payloads.add(30, "[\"hostile\", \"" + "x".repeat(20_000) + "\"]");
        JobId hostile = enqueue(payloads).get(30);

        engine.start().block(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> completed() == 80 && schema.number("SELECT count(*) FROM %s.tombstone") == 1);

        assertThat(handled).as("nothing had to be run again").hasValue(80);
        JobSnapshot found = engine.client().find(hostile).block(PATIENCE);
        assertThat(found.state()).isEqualTo(JobState.FAILED);
        assertThat(found.attempt()).isEqualTo(1);
        assertThat(found.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.message()).contains("payload cannot be read", "54000", "no string so long"));
        assertThat(found.payload()).isEqualTo("\"(too long as text to be shown)\"");
    }

    @Test
    void aPayloadThatTakesTooLongIsChargedToItsJobAndToNoOther() {
        PostgresJobStore hasty = PostgresJobStore.builder(server.connectionFactory())
                .schema(schema.name())
                .statements(printedBySomeFunction(new SchemaName(schema.name())))
                .statementTimeout(Duration.ofSeconds(1))
                .build();
        List<EncodedJob> jobs = new ArrayList<>(Collections.nCopies(20, job("[\"" + "x".repeat(20_000) + "\"]", 1)));
        jobs.add(10, job("[\"endless\", \"" + "x".repeat(20_000) + "\"]", 1));
        JobId endless =
                schema.store().intake().enqueue(jobs, 0).block(PATIENCE).get(10).id();
        JobEngine other = engine(hasty);
        try {
            other.start().block(PATIENCE);
            await().atMost(PATIENCE)
                    .until(() -> completed() == 20 && schema.number("SELECT count(*) FROM %s.tombstone") == 1);

            assertThat(handled).as("nothing had to be run again").hasValue(20);
            assertThat(schema.text(
                            "SELECT failures -> 0 ->> 'message' FROM %s.tombstone WHERE job = " + endless.value()))
                    .contains("payload cannot be read", "took longer than 1000 ms");
        } finally {
            other.stop().then(hasty.close()).block(PATIENCE);
            // They go on without their client, and hold locks.
            schema.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        }
    }

    /** 13 MB each, of which one is held at a time. */
    @Test
    void payloadsThatAreShortInTheTableAndLongAsTextRun() {
        List<String> payloads = new ArrayList<>(Collections.nCopies(50, "[1]"));
        payloads.addAll(Collections.nCopies(3, numbers(100)));
        enqueue(payloads);

        engine.start().block(PATIENCE);

        await().atMost(PATIENCE).until(() -> completed() == 53);
        assertThat(handled).hasValue(53);
    }
}
