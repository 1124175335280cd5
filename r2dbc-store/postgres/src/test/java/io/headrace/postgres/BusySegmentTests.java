package io.headrace.postgres;

import static io.headrace.postgres.OldJobs.RETENTION;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimedJob;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;

/** What the tests have in common that use an old segment while it goes. */
abstract class BusySegmentTests extends SegmentTests {

    BusySegmentTests(TestServer server) {
        super(server);
    }

    @BeforeEach
    void anOldSegment() {
        old.segments(20);
    }

    Mono<Long> prune() {
        return schema.store().decisions().pruneCompleted(RETENTION);
    }

    /** All that is due. */
    List<ClaimedJob> claim() {
        long worker = worker();
        return Mono.defer(() -> schema.store().leases().claim(request(worker, 1_000)))
                .repeat()
                .takeUntil(Claim::exhausted)
                .concatMapIterable(Claim::jobs)
                .collectList()
                .block(PATIENCE);
    }

    String named(String sql) {
        return sql.replace("%s", schema.name());
    }
}
