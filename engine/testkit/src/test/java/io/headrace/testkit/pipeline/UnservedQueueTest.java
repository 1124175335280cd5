package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Enqueueing to a queue on which nobody works is not silent, and costs nobody else anything. */
class UnservedQueueTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.headrace.engine.client.UnservedQueues");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Unreliable store;

    @BeforeEach
    void listen() {
        store = new Unreliable(mill.store());
        log.start();
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private void keepEnqueueing(JobClient client, String name, Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plusMillis(100)) {
            client.enqueue(GRIND.job("rye").queue(name)).subscribe();
            mill.pass(ofMillis(100));
        }
    }

    @Test
    void aClientIsWarnedOnceOfAQueueThatNobodyWorksOn() {
        JobClient client = JobClient.create(store.proxy());

        keepEnqueueing(client, "nowhere", ofMinutes(5));

        assertThat(warnings()).singleElement().asString().contains("Queue 'nowhere' has no worker", "headrace.queues");
        assertThat(store.calls("servedQueues")).as("one a minute").isBetween(4, 6);
    }

    @Test
    void anEngineThatWorksElsewhereOnItIsFound() {
        JobClient client = JobClient.create(store.proxy());
        JobEngine engine = mill.start(e -> e.queue("north", q -> q).subscribe(GRIND, job -> Mono.empty()));

        keepEnqueueing(client, "north", ofMinutes(3));
        assertThat(warnings()).isEmpty();

        mill.stop(engine, ofSeconds(1));
        keepEnqueueing(client, "north", ofMinutes(3));
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void anEnginesOwnQueuesCostNothingAndOthersAreLookedAt() {
        JobEngine engine = mill.start(store.proxy(), e -> e.subscribe(GRIND, job -> Mono.empty()));

        keepEnqueueing(engine.client(), GRIND.queue(), ofMinutes(3));
        assertThat(store.calls("servedQueues")).isZero();
        assertThat(warnings()).isEmpty();

        engine.client().enqueue(GRIND.job("rye").queue("nowhere")).subscribe();
        mill.pass(ofSeconds(11));
        assertThat(store.calls("servedQueues")).isEqualTo(1);
        assertThat(warnings()).hasSize(1);
        mill.pass(ofMinutes(10));
        assertThat(store.calls("servedQueues")).as("nothing was enqueued since").isEqualTo(1);
    }

    @Test
    void whileTheStoreIsAwayNothingIsClaimed() {
        JobClient client = JobClient.create(store.proxy());
        store.refuse("servedQueues");
        keepEnqueueing(client, "nowhere", ofSeconds(30));
        assertThat(warnings()).isEmpty();

        store.allow("servedQueues");
        keepEnqueueing(client, "nowhere", ofMinutes(2));

        assertThat(warnings()).hasSize(1);
    }
}
