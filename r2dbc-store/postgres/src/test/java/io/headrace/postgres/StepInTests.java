package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.Job;
import io.r2dbc.spi.Connection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import reactor.core.publisher.Mono;

/** An engine whose handler writes a row about each job in a step, in a transaction on a connection of its own. */
abstract class StepInTests extends CompleteInTests {

    final Queue<Object> seen = new ConcurrentLinkedQueue<>();

    StepInTests(TestServer server) {
        super(server);
    }

    /** Of what was committed, a row and a record, and of what was not, neither. */
    @Override
    @AfterEach
    void rowsAndCompletionsAgree() {
        assertThat(schema.number("SELECT count(*) FROM %s.flour")).isEqualTo(records());
        assertThat(schema.number(
                        "SELECT count(*) FROM %s.flour f JOIN %s.step s ON s.job = f.job AND s.name = 'grind'"))
                .isEqualTo(records());
    }

    long records() {
        return schema.number("SELECT count(*) FROM %s.step WHERE name = 'grind'");
    }

    /** The step that writes the row. */
    Mono<String> step(Connection connection, Job<?> job) {
        return job.stepIn(
                        store().transaction(connection),
                        "grind",
                        String.class,
                        () -> insert(connection, job).thenReturn("by attempt " + job.attempt()))
                .doOnNext(seen::add);
    }

    /** In a transaction of its own. */
    Mono<String> step(Job<?> job) {
        return transaction(connection -> step(connection, job));
    }

    static Mono<Void> failFirst(Job<?> job) {
        return job.attempt() == 1 ? Mono.error(new IllegalStateException("the stone is cracked")) : Mono.empty();
    }

    void awaitError() {
        await().atMost(PATIENCE).until(() -> !errors.isEmpty());
        awaitNothingLeased();
    }
}
