package io.headrace.postgres;

import static io.headrace.postgres.ScheduleDraft.PATIENCE;
import static io.headrace.postgres.ScheduleDraft.schedule;
import static io.headrace.postgres.ScheduleDraft.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** How engines learn that schedules were written. */
@Tag("slow")
class ScheduleNoticeTest {

    private final TestSchema schema = new TestSchema(TestServer.newest());
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Test
    void aChangeIsHeardOnTheConnectionOfWakeUpsAndIsNoQueue() {
        PostgresJobStore listener = schema.open(9);
        Disposable.Composite listening = Disposables.composite(
                listener.schedules().changes().subscribe(changed -> heard.add("schedules")),
                listener.wakeUps().subscribe(wakeUp -> heard.add(wakeUp.toString())));
        try {
            await().atMost(PATIENCE).until(() -> heard.size() == 2);
            assertThat(heard)
                    .as("each connect announces all")
                    .containsExactlyInAnyOrder("schedules", WakeUp.EveryQueue.INSTANCE.toString());
            heard.clear();

            write(schema.store().schedules(), schedule("rye"));
            await().atMost(PATIENCE).until(() -> !heard.isEmpty());
            long version = schema.store()
                    .schedules()
                    .look(Set.of("rye"))
                    .block(PATIENCE)
                    .schedules()
                    .get(0)
                    .version();
            assertThat(schema.store().schedules().remove("rye", version).block(PATIENCE))
                    .isTrue();
            await().atMost(PATIENCE).until(() -> heard.size() > 1);
            // What changes nothing is not told: the queue is heard next.
            assertThat(schema.store().schedules().remove("rye", version).block(PATIENCE))
                    .isFalse();
            assertThat(schema.store()
                            .schedules()
                            .keepDeclared(Set.of("rye"), Duration.ofDays(1))
                            .block(PATIENCE))
                    .isEmpty();
            schema.store().decisions().resume("mill").block(PATIENCE);
            await().atMost(PATIENCE).until(() -> heard.size() > 2);

            assertThat(heard).containsExactly("schedules", "schedules", new WakeUp.Due("mill").toString());
            assertThat(schema.number("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN %'"
                            + " OR query = 'SELECT 1'"))
                    .isEqualTo(1);
        } finally {
            listening.dispose();
            listener.close().block(PATIENCE);
            schema.close();
        }
    }

    @Test
    void aStoreWithoutNotificationsSupposesOneNowAndThen() {
        PostgresJobStore deaf = PostgresJobStore.builder(schema.server().connectionFactory())
                .schema(schema.name())
                .notifications(false)
                .build();
        try {
            assertThat(deaf.schedules().changes().take(1).collectList().block(PATIENCE))
                    .containsExactly(true);
        } finally {
            deaf.close().block(PATIENCE);
            schema.close();
        }
    }
}
