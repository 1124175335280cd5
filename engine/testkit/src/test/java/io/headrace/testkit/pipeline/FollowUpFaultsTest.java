package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.headrace.InvalidJobException;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.RetryPolicy;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Mono;

/** Follow-ups while the store is away, refuses them, or cannot tell who holds their key. */
class FollowUpFaultsTest {

    private static final JobType<String> BAKE = JobType.of("bake", String.class);

    @RegisterExtension
    final Mill mill = new Mill();

    @RegisterExtension
    final LogLines log = new LogLines();

    private Unreliable store;

    /** An engine whose jobs have one follow-up each. */
    private JobEngine start(
            Function<NewJob<String>, NewJob<String>> followUp, UnaryOperator<JobHandler<String>> terms) {
        store = new Unreliable(mill.store());
        return mill.start(
                store.proxy(),
                e -> e.subscribe(terms.apply(JobHandler.of(
                                GRIND,
                                job -> Mono.just(JobOutcome.completeThen(
                                        followUp.apply(BAKE.job("flour of " + job.payload())))))))
                        .enqueues(BAKE));
    }

    private JobState state(JobId id) {
        return mill.find(id).state();
    }

    private int followUps() {
        return mill.store().enqueued(BAKE).size();
    }

    @Test
    void whileTheStoreIsAwayNeitherTheOutcomeNorTheFollowUpIsThere() {
        JobEngine engine = start(next -> next, terms -> terms);
        store.refuse("settle");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));
        assertThat(state(id)).isEqualTo(JobState.LEASED);
        assertThat(followUps()).isZero();

        store.allow("settle");
        mill.pass(ofSeconds(5));

        assertThat(state(id)).isEqualTo(JobState.COMPLETED);
        assertThat(followUps()).isEqualTo(1);
    }

    @Test
    void aLostAnswerDoesNotEnqueueThemTwice() {
        JobEngine engine = start(next -> next, terms -> terms);
        store.loseTheAnswer("settle");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(5));
        store.allow("settle");
        mill.pass(ofSeconds(5));

        assertThat(state(id)).isEqualTo(JobState.COMPLETED);
        assertThat(followUps()).isEqualTo(1);
        assertThat(mill.leased()).isZero();
    }

    @Test
    void aLostLeaseEnqueuesNothing() {
        JobEngine engine = start(next -> next, terms -> terms);
        store.hold("settle");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.store().decisions().cancel(id).block();
        store.letGo();
        mill.settleDown();

        assertThat(state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(followUps()).isZero();
    }

    @Test
    void dataThatTheStoreRefusesFailsTheAttemptOfThatJobOnly() {
        JobEngine engine = start(next -> next, terms -> terms.retry(RetryPolicy.never()));
        store.refusePayload("\"flour of sack 1\"");
        mill.enqueue(engine, 3);
        mill.pass(ofSeconds(1));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(2);
        assertThat(followUps()).isEqualTo(2);
        assertThat(mill.store().jobs(JobState.FAILED)).singleElement().satisfies(job -> {
            assertThat(job.payload()).isEqualTo("\"sack 1\"");
            assertThat(job.failures().get(0).errorType()).isEqualTo(InvalidJobException.class.getName());
        });
    }

    @Test
    void aBusyKeyDelaysTheOutcomeThatWantsItOnly() {
        JobEngine engine = start(next -> next.uniqueKey(next.payload()), terms -> terms);
        store.keepBusy("flour of sack 1");
        mill.enqueue(engine, 4);
        mill.pass(ofSeconds(20));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(3);
        assertThat(followUps()).isEqualTo(3);
        assertThat(mill.leased()).as("its job waits").isEqualTo(1);
        assertThat(log.at(Level.WARN))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("The outcome of job ")
                        .contains("is not recorded yet", "[flour of sack 1]"));
        mill.enqueue(engine, GRIND.job("sack 5"));
        assertThat(mill.store().jobs(JobState.COMPLETED))
                .as("and holds nobody back")
                .hasSize(4);

        store.keepBusy("another");
        mill.pass(ofMillis(100));

        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(5);
        assertThat(followUps()).isEqualTo(5);
    }

    @Test
    void ofThoseThatWantOneBusyKeyOnlyTheFirstIsTried() {
        JobEngine engine = start(next -> next.uniqueKey("sack"), terms -> terms);
        store.keepBusy("sack");
        mill.enqueue(engine, 20);
        mill.pass(ofSeconds(1));
        int before = store.calls("settle");

        mill.pass(ofSeconds(1));

        assertThat(store.calls("settle") - before).as("tries within a second").isBetween(8, 11);
        store.keepBusy("another");
        mill.pass(ofMillis(200));
        assertThat(mill.store().jobs(JobState.COMPLETED)).hasSize(20);
        assertThat(followUps()).as("the others are not admitted").isEqualTo(1);
    }

    @Test
    void anEngineThatStopsGivesUpOnABusyKeyInTheEnd() {
        JobEngine engine = start(next -> next.uniqueKey("sack"), terms -> terms);
        store.keepBusy("sack");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));

        mill.stop(engine, ofSeconds(5));
        assertThat(state(id)).as("it has the worker's expiry left").isEqualTo(JobState.LEASED);
        mill.pass(ofSeconds(30));

        assertThat(followUps()).isZero();
        assertThat(state(id)).as("unregistering returns what is leased").isEqualTo(JobState.PENDING);
    }

    @Test
    void aJobWhoseLeaseIsLostWhileItWaitsForAKeyRunsElsewhere() {
        JobEngine engine = start(next -> next.uniqueKey("sack"), terms -> terms);
        store.keepBusy("sack");
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.store().decisions().cancel(id).block();
        store.keepBusy("another");
        mill.pass(ofMinutes(1));

        assertThat(state(id)).isEqualTo(JobState.CANCELLED);
        assertThat(followUps()).isZero();
        assertThat(mill.leased()).isZero();
    }
}
