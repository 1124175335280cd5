package io.headrace.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.server.BriskServer;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each peer does the whole of its work in its own tables: what is enqueued is there, and ends as it should. */
@Tag("slow")
class PeersTest {

    private static final int JOBS = 200;
    private static final int PAYLOAD_BYTES = 300;
    private static final int TIMED_JOBS = 20;

    /**
     * Where a peer has its jobs.
     *
     * @param table all of them
     * @param waiting a condition
     * @param keeps whether those that ran stay, as {@code done}
     * @param done a condition
     * @param size of one in bytes
     */
    private record Books(String table, String waiting, boolean keeps, String done, String size) {}

    @Test
    void dbScheduler() throws Exception {
        runs(new DbScheduler(), new Books("scheduled_tasks", "NOT picked", false, "false", "length(task_data)"));
    }

    @Test
    void jobRunr() throws Exception {
        runs(
                new JobRunr(),
                new Books("jobrunr_jobs", "state = 'ENQUEUED'", true, "state = 'SUCCEEDED'", "length(jobasjson)"));
    }

    @Test
    void textbookR2dbc() throws Exception {
        runs(new TextbookR2dbc(), new Books("jobs", "state = 'available'", false, "false", "length(payload::text)"));
    }

    private static void runs(Contender peer, Books books) throws Exception {
        try (Server server = BriskServer.open();
                FreshDatabase database = FreshDatabase.in(server);
                peer) {
            Sql sql = database.sql();
            peer.open(new ContenderSettings(
                    database.host(),
                    database.port(),
                    database.name(),
                    database.user(),
                    database.password(),
                    PAYLOAD_BYTES,
                    8));

            peer.enqueueBulk(JOBS);
            assertThat(count(sql, books, books.waiting)).isEqualTo(JOBS);
            assertThat(count(sql, books, books.size + " >= " + (PAYLOAD_BYTES - 10)))
                    .isEqualTo(JOBS);

            peer.enqueueSingle(JOBS);
            assertThat(count(sql, books, books.waiting)).isEqualTo(2 * JOBS);

            peer.drain(2 * JOBS);
            assertThat(count(sql, books, "true")).isEqualTo(books.keeps ? 2 * JOBS : 0);
            assertThat(count(sql, books, books.done)).isEqualTo(books.keeps ? 2 * JOBS : 0);

            peer.enqueueBulk(JOBS);
            peer.drain(JOBS);
            assertThat(count(sql, books, "true")).isEqualTo(books.keeps ? 3 * JOBS : 0);

            assertThat(timed(peer)).hasSize(TIMED_JOBS);
        }
    }

    private static Set<Long> timed(Contender peer) throws Exception {
        Set<Long> started = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(TIMED_JOBS);
        peer.startLatency(sequence -> {
            started.add(sequence);
            all.countDown();
        });
        for (long sequence = 0; sequence < TIMED_JOBS; sequence++) {
            peer.enqueueForLatency(sequence);
        }
        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        peer.stopLatency();
        return started;
    }

    private static long count(Sql sql, Books books, String condition) {
        return sql.number("SELECT count(*) FROM " + books.table + " WHERE " + condition);
    }
}
