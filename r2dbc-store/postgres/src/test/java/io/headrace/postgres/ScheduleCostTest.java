package io.headrace.postgres;

import static io.headrace.postgres.ScheduleDraft.NOON;
import static io.headrace.postgres.ScheduleDraft.PATIENCE;
import static io.headrace.postgres.ScheduleDraft.firing;
import static io.headrace.postgres.ScheduleDraft.schedule;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.Firing;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a fire costs the server, its job included, in bytes of WAL. */
@Tag("slow")
class ScheduleCostTest {

    private static final Logger log = LoggerFactory.getLogger(ScheduleCostTest.class);
    private static final int SCHEDULES = 500;
    private static final int ROUNDS = 8;

    private final TestSchema schema = new TestSchema(TestServer.newest()).withSegments(3);
    private final ScheduleStore store = schema.store().schedules();

    @Test
    void schedulesThatAreDueTogether() {
        try {
            List<StoredSchedule> schedules = IntStream.range(0, SCHEDULES)
                    .mapToObj(nr -> schedule("nightly-report-of-mill-" + nr))
                    .toList();
            assertThat(store.write(schedules).block(PATIENCE)).hasSize(SCHEDULES);
            List<StoredSchedule> written =
                    store.page("", SCHEDULES).block(PATIENCE).schedules();

            // The least of several: a checkpoint or an autovacuum of the server's adds to it, nothing takes from it.
            long least = IntStream.rangeClosed(1, ROUNDS)
                    .mapToLong(round -> walOf(written, round))
                    .min()
                    .orElseThrow();

            log.warn("a fire and its job: {} bytes of WAL", least / SCHEDULES);
            assertThat(least / SCHEDULES).isLessThan(1_200);
            assertThat(schema.number("SELECT count(*) FROM %s.pending")).isEqualTo(ROUNDS);
            schema.audit();
        } finally {
            schema.close();
        }
    }

    private long walOf(List<StoredSchedule> schedules, int round) {
        Instant at = NOON.plusSeconds(round);
        List<Firing> firings = schedules.stream()
                .map(schedule -> firing(schedule.name(), schedule.version() + round - 1, at))
                .toList();
        long before = wal();
        assertThat(store.fire(firings, 0).block(PATIENCE)).hasSize(SCHEDULES);
        return wal() - before;
    }

    private long wal() {
        return schema.number("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
    }
}
