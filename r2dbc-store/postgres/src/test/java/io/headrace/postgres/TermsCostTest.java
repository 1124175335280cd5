package io.headrace.postgres;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobType;
import io.headrace.NewJob;
import java.util.Comparator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** What an enqueue on terms costs the server, in bytes of WAL, when it comes alone. */
@Tag("slow")
class TermsCostTest {

    private static final Logger log = LoggerFactory.getLogger(TermsCostTest.class);
    private static final int JOBS = 300;
    private static final JobType<String> INDEX = JobType.of("index-repository", String.class);

    private final TestSchema schema = new TestSchema(TestServer.newest()).withSegments(3);
    private final JobClient client = JobClient.create(schema.store());
    private int run;

    @BeforeEach
    void letNothingElseWrite() {
        schema.execute("DO $$ DECLARE t text; BEGIN FOR t IN SELECT oid::regclass FROM pg_class WHERE relkind = 'r'"
                + " AND relnamespace = '" + schema.name() + "'::regnamespace LOOP"
                + " EXECUTE 'ALTER TABLE ' || t || ' SET (autovacuum_enabled = false)'; END LOOP; END $$");
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    /** The least of three, for jobs that differ from run to run. */
    private double bytes(IntFunction<NewJob<String>> job) {
        return IntStream.range(0, 3)
                .mapToObj(again -> bytesOnce(job))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private double bytesOnce(IntFunction<NewJob<String>> job) {
        int first = run++ * JOBS;
        long before = schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
        Flux.range(first, JOBS).concatMap(n -> client.enqueue(job.apply(n))).blockLast(ofMinutes(1));
        return (double) (schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn") - before) / JOBS;
    }

    private static NewJob<String> job(int n) {
        return INDEX.job("https://example.org/some/repository.git " + (1_000_000 + n));
    }

    private static String key(int n) {
        return "key " + (1_000_000 + n);
    }

    @Test
    void aJobPaysForItsTermsOnly() {
        double unique = bytes(n -> job(n).uniqueKey(key(n)));
        double kept = bytes(n -> job(n).uniqueKey(key(n)).uniqueFor(ofDays(1)));
        double admitted = bytes(n -> job(n).throttle(key(n), 1, ofDays(1)));
        double refused = bytes(n -> job(n).throttle("the same", 1, ofDays(1)));
        double started = bytes(n -> job(n).debounce(key(n), ofDays(1), ofDays(1)));
        double replaced = bytes(n -> job(n).debounce("the same", ofDays(1), ofDays(1)));

        log.warn(
                "unique {}, kept {}, admitted {}, refused {}, started {}, replaced {}",
                unique,
                kept,
                admitted,
                refused,
                started,
                replaced);
        assertThat(kept).isLessThan(unique + 40);
        assertThat(admitted).isLessThan(unique + 150);
        assertThat(refused).isLessThan(100);
        assertThat(started).isLessThan(unique + 200);
        assertThat(replaced).isLessThan(1_000);
    }
}
