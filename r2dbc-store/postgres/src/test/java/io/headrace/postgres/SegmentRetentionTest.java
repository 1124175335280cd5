package io.headrace.postgres;

import static io.headrace.postgres.OldJobs.RETENTION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Engines with different retentions on one schema, and tables that are cleared at different times. */
@OnEachServer
class SegmentRetentionTest extends SegmentTests {

    SegmentRetentionTest(TestServer server) {
        super(server);
    }

    private long prune() {
        return prune(RETENTION);
    }

    private long prune(Duration retention) {
        long forgotten = schema.store().decisions().pruneCompleted(retention).block(PATIENCE);
        schema.audit();
        return forgotten;
    }

    @Test
    void completedIsNotForgottenBeforeTheJobsThatItNames() {
        old.segment("completed", 20);
        long first = old.firstId(20);
        old.completed(first, 100, 19);
        // As if a reader of the jobs made them wait: they are not looked at before tomorrow.
        schema.execute(
                "UPDATE " + schema.name() + ".segment SET look_at = now() + interval '1 day' WHERE parent = 'job'");

        assertThat(prune()).isZero();
        assertThat(old.segmentsOf("completed")).isEqualTo(1);
        old.lookAgain();

        assertThat(prune()).isEqualTo(100);
        assertThat(old.segmentsOf("completed")).isZero();
    }

    @Test
    void whatALongerRetentionMovesIsNotForgottenByAShorterOne() {
        long first = old.firstId(40);
        old.segment("job", 40);
        old.segment("completed", 20);
        old.completed(first, 2, 19);
        old.pending(first + 2, 1);
        old.looksOnlyAt("name = 'job_default'");
        assertThat(prune()).isZero();

        old.looksOnlyAt("parent = 'job' AND ends_at < now()");
        assertThat(prune(RETENTION.multipliedBy(4))).isZero();
        assertThat(old.rowsIn("job_default")).as("moved").isEqualTo(3);
        old.looksOnlyAt("parent = 'completed'");
        assertThat(prune()).as("what has a row yet").isZero();

        old.looksOnlyAt("true");
        assertThat(prune()).isEqualTo(2);
        assertThat(old.rowsIn("job_default")).isEqualTo(1);
    }

    @Test
    void whatALongerRetentionMovesDuringAPassIsNotForgottenAfterIt() {
        long first = old.firstId(40);
        old.segment("job", 40);
        old.segment("completed", 20);
        old.completed(first, 2, 19);
        old.completed(old.firstId(30), 20_000, 29);
        old.looksOnlyAt("name = 'job_default'");
        assertThat(old.tidy(RETENTION)).as("half a pass").isEqualTo("CLEARED");

        old.looksOnlyAt("parent = 'job' AND ends_at < now()");
        assertThat(old.tidy(RETENTION.multipliedBy(4))).isEqualTo("DROPPED");
        old.looksOnlyAt("name = 'job_default'");
        assertThat(prune()).isZero();
        old.looksOnlyAt("parent = 'completed'");
        assertThat(prune()).isEqualTo(20_000);

        old.looksOnlyAt("true");
        assertThat(prune()).isEqualTo(2);
        assertThat(old.rowsIn("job_default")).isZero();
    }

    @Test
    void aPassThatALongerRetentionBeganIsNotTakenForOneOfAShorterOne() {
        old.segment("completed", 20);
        old.completed(old.firstId(40), 2, 19);
        old.completed(old.firstId(35), 20_000, 34);
        old.looksOnlyAt("name = 'job_default'");
        assertThat(old.tidy(RETENTION.multipliedBy(4))).as("half a pass").isEqualTo("CLEARED");
        assertThat(prune()).isZero();
        assertThat(old.rowsIn("job_default")).isEqualTo(2);
        old.looksOnlyAt("parent = 'completed'");
        assertThat(prune()).isEqualTo(20_000);

        old.looksOnlyAt("true");
        assertThat(prune()).isEqualTo(2);
        assertThat(old.rowsIn("job_default")).isZero();
    }
}
