package io.headrace.postgres;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Enqueued;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.r2dbc.spi.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A call of several blocks takes its keys in one order, and is answered in its own. */
@Tag("slow")
class KeyOrderTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Duration PATIENCE = ofSeconds(10);

    private final TestSchema schema = new TestSchema(TestServer.newest());
    private final JobClient client = JobClient.create(schema.store());
    private final List<Connection> opened = new ArrayList<>();

    @AfterEach
    void everyJobIsInOnePlace() {
        try {
            opened.forEach(connection -> Mono.from(connection.close()).block(PATIENCE));
            assertThat(JobOperator.create(schema.store()).audit().block(PATIENCE))
                    .hasToString("ok");
        } finally {
            schema.close();
        }
    }

    private Connection begin() {
        Connection connection = schema.server().connectionFactory().create().block(PATIENCE);
        opened.add(connection);
        Mono.from(connection.beginTransaction()).block(PATIENCE);
        return connection;
    }

    private CompletableFuture<List<Enqueued>> enqueueIn(Connection transaction, List<NewJob<String>> jobs) {
        return client.in(schema.store().transaction(transaction))
                .enqueueAll(jobs)
                .toFuture();
    }

    private static NewJob<String> keyed(String key) {
        return GRIND.job("sack of " + key).uniqueKey(key);
    }

    private static List<NewJob<String>> keyed(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> keyed(prefix + i)).toList();
    }

    private void awaitWaiting(int backends) {
        await().atMost(PATIENCE)
                .until(() -> schema.number("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                + " AND query LIKE '%%s%' AND pid <> pg_backend_pid()")
                        == backends);
    }

    private static <T> List<T> concat(List<T> first, T middle, List<T> last) {
        List<T> all = new ArrayList<>(first);
        all.add(middle);
        all.addAll(last);
        return all;
    }

    @Test
    void twoTransactionsThatWantTheSameKeysInOppositeOrdersWaitAndDoNotDeadlock() {
        Connection first = begin();
        Connection second = begin();
        Connection between = begin();
        Mono.fromFuture(enqueueIn(between, List.of(keyed("m")))).block(PATIENCE);
        // Each has its first block and waits in its second, unless both take the same keys first.
        CompletableFuture<List<Enqueued>> ascending =
                enqueueIn(first, concat(keyed("a", JobId.BLOCK_SIZE), keyed("m"), keyed("z", JobId.BLOCK_SIZE - 1)));
        awaitWaiting(1);
        CompletableFuture<List<Enqueued>> descending =
                enqueueIn(second, concat(keyed("z", JobId.BLOCK_SIZE), keyed("m"), keyed("a", JobId.BLOCK_SIZE - 1)));
        awaitWaiting(2);

        Mono.from(between.rollbackTransaction()).block(PATIENCE);

        assertThat(Mono.fromFuture(ascending).block(PATIENCE)).hasSize(2_048).allMatch(Enqueued::created);
        Mono.from(first.commitTransaction()).block(PATIENCE);
        assertThat(Mono.fromFuture(descending).block(PATIENCE))
                .hasSize(2_048)
                .filteredOn(Enqueued::created)
                .as("the one key that the other transaction did not want")
                .hasSize(1);
        Mono.from(second.commitTransaction()).block(PATIENCE);
    }

    @Test
    void theAnswersAreInTheOrderOfTheCall() {
        List<NewJob<String>> jobs = IntStream.range(0, 3_000)
                .mapToObj(i -> i % 3 == 0
                        ? GRIND.job("sack " + i)
                        : GRIND.job("sack " + i).uniqueKey("key " + (i * 7_919) % 2_000))
                .toList();

        List<Enqueued> answers = client.enqueueAll(jobs).block(PATIENCE);

        assertThat(answers).hasSize(3_000);
        for (int i = 0; i < 3_000; i += 97) {
            String payload = client.find(answers.get(i).id()).block(PATIENCE).payload();
            if (answers.get(i).created()) {
                assertThat(payload).isEqualTo("\"sack " + i + "\"");
            } else {
                int at = i;
                int holder = IntStream.range(0, at)
                        .filter(j -> j % 3 != 0 && (j * 7_919) % 2_000 == (at * 7_919) % 2_000)
                        .findFirst()
                        .orElseThrow();
                assertThat(payload).isEqualTo("\"sack " + holder + "\"");
            }
        }
    }
}
