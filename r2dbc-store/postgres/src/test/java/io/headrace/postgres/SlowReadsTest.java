package io.headrace.postgres;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.StoreException;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.Statements;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads for people, made as slow as they are on a server that is out of breath. */
class SlowReadsTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(60);
    private static final String ASLEEP =
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%FROM pg_sleep%asleep for %s'";

    private static final String WAKE = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            + " WHERE query LIKE '%FROM pg_sleep%asleep for %s'";

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 9})
    void howeverManyThereAreJobsAreEnqueuedAndClaimed(int maxConnections) {
        TestSchema schema = new TestSchema(TestServer.newest());
        PostgresJobStore store = open(schema, maxConnections, ofSeconds(30));
        JobEngine engine =
                JobEngine.builder(store).subscribe(GRIND, job -> Mono.empty()).build();
        engine.start().block(PATIENCE);
        Disposable reads = Flux.range(0, 50)
                .flatMap(i -> store.inspector().totals().onErrorComplete(), 50)
                .subscribe();
        try {
            await().atMost(PATIENCE).until(() -> schema.number(ASLEEP) > 0);

            JobId id = engine.client()
                    .enqueue(GRIND.job("meanwhile"))
                    .block(ofSeconds(8))
                    .id();
            await().atMost(ofSeconds(8))
                    .until(() -> schema.number("SELECT count(*) FROM %s.completed WHERE jobs @> " + id.value()) == 1);

            assertThat(schema.number(ASLEEP)).isBetween(1L, Math.max(1L, (maxConnections - 4) / 2));
        } finally {
            reads.dispose();
            engine.stop().block(PATIENCE);
            store.close().block(PATIENCE);
            schema.number(WAKE);
            await().atMost(PATIENCE).until(() -> schema.number(ASLEEP) == 0);
            schema.audit();
            schema.close();
        }
    }

    @Test
    void theServerItselfEndsThem() {
        TestSchema schema = new TestSchema(TestServer.newest());
        PostgresJobStore store = open(schema, 9, Duration.ofMillis(300));
        try {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> store.inspector().totals().blockLast(PATIENCE))
                    .withMessageContaining("exceeded statementTimeout")
                    .satisfies(error -> assertThat(error.sqlState()).isEqualTo("57014"));
            // The connection is as good as before.
            assertThat(store.inspector().pools().get(0).idle()).isEqualTo(1);
            assertThat(store.inspector().queues().collectList().block(PATIENCE)).isEmpty();
        } finally {
            store.close().block(PATIENCE);
            schema.close();
        }
    }

    private static PostgresJobStore open(TestSchema schema, int maxConnections, Duration statementTimeout) {
        Statements all = Statements.of(new SchemaName(schema.name()));
        Statements statements = each -> each.equals("operate/totals")
                ? "SELECT '' AS queue, '' AS kind, 0::bigint AS completed, 0::bigint AS failed, 0::bigint AS cancelled,"
                        + " 0::bigint AS discarded, 0::bigint AS pruned_failed FROM pg_sleep(40) -- asleep for "
                        + schema.name()
                : all.named(each);
        return PostgresJobStore.builder(schema.server().connectionFactory())
                .schema(schema.name())
                .statements(statements)
                .maxConnections(maxConnections)
                .statementTimeout(statementTimeout)
                .build();
    }
}
