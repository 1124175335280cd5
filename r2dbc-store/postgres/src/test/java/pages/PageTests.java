package pages;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobEngine;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** An in-memory store with a clock to move, for the programs of the pages. */
abstract class PageTests {

    static final Duration PATIENCE = ofSeconds(10);

    final ManualClock clock = ManualClock.create();
    final InMemoryJobStore store = InMemoryJobStore.held(clock);
    final List<JobEngine> engines = new ArrayList<>();

    JobEngine started(JobEngine engine) {
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        engines.forEach(engine -> engine.stop().block(PATIENCE));
        assertThat(store.inspector().audit().block(PATIENCE)).hasToString("ok");
    }

    void runDueAfter(Duration time) {
        clock.advance(time);
        store.runDue().block(PATIENCE);
    }

    JobSnapshot only(JobState state) {
        assertThat(store.jobs(state)).hasSize(1);
        return store.jobs(state).get(0);
    }
}
