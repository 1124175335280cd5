package io.headrace.postgres;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobState;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What an engine does about jobs that are leased in a caller's transaction until it ends, in whichever way. */
class LeaseAtCommitTest extends LeaseInTransactionTests {

    LeaseAtCommitTest() {
        super(TestServer.newest());
    }

    /** Each takes its own commit and a part of a flush, where a claim used to be between them. */
    @Test
    void fiftyRequestsMakeNoClaim() {
        JobEngine engine = idle(
                60,
                e -> e.heartbeatInterval(ofHours(1)).workerExpiry(ofHours(2)).sweepInterval(ofHours(1)));
        counting.awaitQuiet();
        for (int i = 0; i < 50; i++) {
            enqueue(engine, "sack " + i);
            transaction.commit();
            transaction.beginAnew();
        }

        await().atMost(PATIENCE).until(() -> handled.size() == 50);
        nothingIsLeft();
        assertThat(transaction.leased()).isEqualTo(50);
        assertThat(counting.calls()).containsOnly("settle").hasSizeLessThanOrEqualTo(50);
    }

    @Test
    void aRollbackLeavesNothingAndFreesTheSlots() {
        JobEngine engine = quiet();
        enqueue(engine, "rye");
        enqueue(engine, "oats");

        transaction.rollback();

        assertThat(engine.operator().audit().block(PATIENCE).jobs()).isZero();
        transaction.close();
        transaction = ReportingTransaction.begin(schema);
        enqueue(engine, "wheat");
        enqueue(engine, "barley");
        assertThat(transaction.leased()).isEqualTo(2);
        transaction.commit();
        awaitHandled("wheat", "barley");
        assertThat(handled).hasSize(2);
    }

    @Test
    void moreThanHasSlotsIsPending() {
        JobEngine engine = quiet();
        enqueue(engine, "rye");
        enqueue(engine, "oats");
        enqueue(engine, "wheat");
        assertThat(transaction.leased()).isEqualTo(2);

        transaction.commit();

        awaitHandled("rye", "oats", "wheat");
    }

    /** Whether there is a slot for one more; it is rolled back. */
    private boolean isLeased(JobEngine engine, String payload) {
        ReportingTransaction another = ReportingTransaction.begin(schema);
        engine.client().in(another).enqueue(GRIND.job(payload)).block(PATIENCE);
        another.rollback();
        another.close();
        return another.leased() == 1;
    }

    /** The slots are held for a tenth of the expiry. */
    @Test
    void aCommitThatComesLateHandsTheLeaseBackUncharged() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(500)).workerExpiry(ofSeconds(1)));
        enqueue(engine, "rye");
        enqueue(engine, "oats");
        await().atMost(PATIENCE).until(() -> isLeased(engine, "undone"));

        transaction.commit();

        awaitHandled("rye", "oats");
        assertThat(attempts).containsOnly(1);
    }

    @Test
    void aCommitWhoseNewsIsLostComesBackByTheHeartbeat() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(200)).workerExpiry(ofSeconds(30)));
        enqueue(engine, "rye");
        transaction.run("UPDATE " + schema.name() + ".lease SET leased_at = leased_at - interval '1 minute'");

        transaction.commitSilently();

        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void anEngineThatStopsMeanwhileHandsTheLeaseBack() {
        JobEngine engine = idle();
        JobId id = enqueue(engine, "rye");
        Mono<Void> stopping = engine.stop(ofSeconds(5)).cache();
        stopping.subscribe();

        transaction.commit();

        stopping.block(PATIENCE);
        assertThat(find(id).state()).isEqualTo(JobState.PENDING);
        assertThat(handled).isEmpty();
        startAnother();
        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void aCommitAfterTheEnginesEndHandsTheLeaseBack() {
        JobEngine engine = idle(2, e -> e.heartbeatInterval(ofMillis(500)).workerExpiry(ofSeconds(1)));
        JobId id = enqueue(engine, "rye");
        engine.stop(ofSeconds(5)).block(PATIENCE);

        transaction.commit();

        awaitState(id, JobState.PENDING);
        startAnother();
        awaitHandled("rye");
        assertThat(attempts).containsExactly(1);
    }

    @Test
    void theEngineWhoseClientEnqueuedRunsIt() {
        JobEngine engine = quiet();
        startAnother();
        enqueue(engine, "rye");

        transaction.commit();

        awaitHandled("rye");
        nothingIsLeft();
        assertThat(counting.calls()).doesNotContain("claim");
    }
}
