package io.headrace.postgres;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the tests of engines on a server have in common: all are stopped after the test, and nothing may be left behind. */
abstract class EngineTests {

    static final JobType<String> GRIND = JobType.of("grind", String.class);
    static final Duration PATIENCE = ofSeconds(30);

    final TestSchema schema;
    private final List<JobEngine> engines = new ArrayList<>();
    final List<PostgresJobStore> stores = new ArrayList<>();

    EngineTests(TestServer server) {
        this(TestSchema.reused(server));
    }

    /** For tests that count what a server does: on a schema that none was on before. */
    EngineTests(TestSchema schema) {
        this.schema = schema;
    }

    @AfterEach
    void everyJobIsInOnePlaceAndNothingIsLeftBehind() {
        try {
            engines.forEach(engine -> engine.stop(ofSeconds(5)).block(PATIENCE));
            schema.audit();
            assertThat(schema.number("SELECT count(*) FROM %s.lease")).isZero();
            assertThat(schema.number("SELECT count(*) FROM %s.worker")).isZero();
        } finally {
            stores.forEach(store -> store.close().block(PATIENCE));
            schema.close();
        }
    }

    PostgresJobStore openStore() {
        return opened(schema.open(9));
    }

    JobEngine start(JobEngine.Builder builder) {
        JobEngine engine = builder.build();
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    JobSnapshot find(JobId id) {
        return schema.store().inspector().find(id).block(PATIENCE);
    }

    void awaitState(JobId id, JobState state) {
        await().atMost(PATIENCE).until(() -> find(id).state() == state);
    }

    /** Closes it after the test. */
    PostgresJobStore opened(PostgresJobStore store) {
        stores.add(store);
        return store;
    }
}
