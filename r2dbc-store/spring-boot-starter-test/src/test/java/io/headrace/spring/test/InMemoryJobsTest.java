package io.headrace.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.spi.JobStore;
import io.headrace.testkit.InMemoryJobStore;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** A test of a whole application whose jobs need no database; it has none, and nothing asks for it. */
@SpringBootTest(properties = "spring.r2dbc.url=r2dbc:postgresql://nobody@localhost:1/nowhere")
@AutoConfigureInMemoryJobs
class InMemoryJobsTest {

    @Autowired
    private TestJobs jobs;

    @Autowired
    private JobClient client;

    @Autowired
    private JobStore store;

    @Test
    void theApplicationRunsAsItIsSaveForItsStore() {
        assertThat(store).isInstanceOf(InMemoryJobStore.class);
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye"))).block();

        jobs.runDue();

        assertThat(jobs.payloads(Mill.SIEVE)).containsExactly(new Mill.Flour("rye flour"));
    }
}
