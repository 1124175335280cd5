package io.headrace.postgres;

import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.spi.ClaimRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** What the tests of segments have in common: a schema with jobs of the past, audited at the end. */
@Tag("slow")
abstract class SegmentTests {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestSchema schema;
    final OldJobs old;

    SegmentTests(TestServer server) {
        this.schema = TestSchema.reused(server);
        this.old = new OldJobs(schema);
    }

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            schema.audit();
        } finally {
            schema.close();
        }
    }

    JobSnapshot find(long id) {
        return schema.store().inspector().find(new JobId(id)).block(PATIENCE);
    }

    long worker() {
        return schema.store()
                .workers()
                .register("miller", Set.of("default"), Duration.ofHours(1), false)
                .block(PATIENCE);
    }

    static ClaimRequest request(long worker, int limit) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofHours(1));
        return new ClaimRequest(worker, "default", Map.of("grind", terms), limit);
    }
}
