package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Three times the heap waits, and a thousand handlers are free. */
@Tag("slow")
class LittleMemoryTest {

    record Sack(String grain) {}

    private static final JobType<Sack> GRIND = JobType.of("grind", Sack.class);
    private static final int LONG = 200;
    private static final int SHORT = 2_000;

    @TempDir
    Path folder;

    /** 200 payloads of 0.9 MB, and 2,000 of 60 bytes. */
    private static String jobs(String schema) {
        return ("WITH text AS (SELECT string_agg(md5(n::text), '') AS grain FROM generate_series(1, 28125) AS n),"
                        + " sort AS (VALUES (LONG, (SELECT grain FROM text)), (SHORT / 2, 'rye'), (SHORT / 2, 'spelt')),"
                        + " block AS MATERIALIZED (SELECT SCHEMA.next_block() AS first, s.column1 AS size, s.column2 AS grain"
                        + " FROM sort s),"
                        + " stored AS (INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)"
                        + " SELECT first + n, 4, 'default', 'grind', jsonb_build_object('grain', grain)"
                        + " FROM block, generate_series(0, size - 1) AS n)"
                        + " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)"
                        + " SELECT now(), 0, size, 4, 0, 'default', 'grind',"
                        + " int8multirange(int8range(first, first + size)) FROM block")
                .replace("SCHEMA", schema)
                .replace("LONG", Integer.toString(LONG))
                .replace("SHORT", Integer.toString(SHORT));
    }

    @Test
    void isEnoughForManyMorePayloadsThanItHolds() throws IOException, InterruptedException {
        TestSchema schema = new TestSchema(TestServer.newest());
        Path said = folder.resolve("said");
        try {
            schema.execute(jobs(schema.name()));

            Process child = ChildProcess.start(List.of("-Xmx64m"), Drain.class, schema, said.toString());

            assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(child.exitValue()).isZero();
            assertThat(Files.readString(said)).isEqualTo(LONG + SHORT + " handled");
            assertThat(schema.number("SELECT sum(size) FROM %s.completed WHERE attempt = 1"))
                    .isEqualTo(LONG + SHORT);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    /** Each handler has its payload for a moment, as if it waited for something. */
    static final class Drain {

        private Drain() {}

        public static void main(String[] args) throws IOException {
            PostgresJobStore store = ChildProcess.store(args);
            AtomicInteger handled = new AtomicInteger();
            JobEngine engine = JobEngine.builder(store)
                    .queue("default", queue -> queue.concurrency(1_000))
                    .subscribe(
                            GRIND,
                            job -> Mono.delay(Duration.ofMillis(5))
                                    .doOnNext(tick -> handled.addAndGet(
                                            job.payload().grain().isEmpty() ? 0 : 1)))
                    .build();
            engine.start().block();
            engine.operator()
                    .audit()
                    .filter(audit -> audit.completed() == LONG + SHORT)
                    .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofMillis(50)))
                    .block(Duration.ofMinutes(1));
            engine.stop().block();
            store.close().block();
            Files.writeString(Path.of(args[ChildProcess.ARGUMENTS]), handled + " handled");
            System.exit(0);
        }
    }
}
