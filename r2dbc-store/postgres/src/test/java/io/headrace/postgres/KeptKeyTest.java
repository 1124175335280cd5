package io.headrace.postgres;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.CancelAnswer;
import io.headrace.Enqueued;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobProducer;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.r2dbc.spi.IsolationLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Unique keys that outlast their jobs, in a caller's transaction. */
@OnEachServer
class KeptKeyTest extends TermsTests {

    private static final NewJob<String> KEPT =
            JobType.of("grind", String.class).job("sack").uniqueKey("sack").uniqueFor(ofMinutes(10));

    KeptKeyTest(TestServer server) {
        super(server);
    }

    private JobId cancelled() {
        JobId id = client.enqueue(KEPT).block(PATIENCE).id();
        assertThat(client.cancel(id).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
        return id;
    }

    @ParameterizedTest
    @MethodSource("levels")
    void aKeyThatIsKeptIsAnsweredWithItsJob(IsolationLevel level) {
        JobId ended = cancelled();

        assertThat(begin(level).enqueue(KEPT).block(PATIENCE)).isEqualTo(new Enqueued(ended, false));

        commit();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void aKeyThatIsKeptNoMoreIsTakenOnceAndKeptAgain(IsolationLevel level) {
        JobId ended = cancelled();
        schema.passTime(ofMinutes(11));
        JobProducer inside = begin(level);

        Enqueued first = inside.enqueue(KEPT).block(PATIENCE);
        Enqueued second = inside.enqueue(KEPT).block(PATIENCE);
        commit();

        assertThat(first.created()).isTrue();
        assertThat(first.id()).isNotEqualTo(ended);
        assertThat(second).isEqualTo(new Enqueued(first.id(), false));
        assertThat(client.cancel(first.id()).block(PATIENCE)).isEqualTo(CancelAnswer.CANCELLED);
        assertThat(client.enqueue(KEPT).block(PATIENCE)).isEqualTo(new Enqueued(first.id(), false));
    }

    @Test
    void aTransactionThatRollsBackKeepsNoKey() {
        Enqueued inside = begin(IsolationLevel.READ_COMMITTED).enqueue(KEPT).block(PATIENCE);
        assertThat(inside.created()).isTrue();

        rollback();

        assertThat(client.enqueue(KEPT).block(PATIENCE).created()).isTrue();
    }

    @Test
    void theAuditFindsAKeptKeyThatIsMissingOrWithoutReason() {
        JobId ended = cancelled();
        JobOperator operator = JobOperator.create(schema.store());
        schema.execute("ALTER TABLE " + schema.name() + ".unreleased_key RENAME TO away; CREATE TABLE " + schema.name()
                + ".unreleased_key (LIKE " + schema.name() + ".away INCLUDING ALL)");

        assertThat(operator.audit().block(PATIENCE).findings())
                .containsExactly(new AuditReport.Finding(AuditReport.What.KEY_NOT_RELEASED, 1, ended));

        schema.execute("DROP TABLE " + schema.name() + ".unreleased_key; ALTER TABLE " + schema.name()
                + ".away RENAME TO unreleased_key");
        schema.execute("DELETE FROM " + schema.name() + ".unique_key");

        assertThat(operator.audit().block(PATIENCE).findings())
                .containsExactly(new AuditReport.Finding(AuditReport.What.KEY_LOST, 1, ended));

        schema.execute("DELETE FROM " + schema.name() + ".unreleased_key");
    }

    @Test
    void aSweepGoesOnWhileThereAreKeysToRelease() {
        String keys = "INSERT INTO SCHEMA.unique_key (job, kind, key, kept_until)"
                + " SELECT n, 'grind', 'key ' || n, now() FROM generate_series(1, 12000) AS n;"
                + " INSERT INTO SCHEMA.unreleased_key SELECT n, now() FROM generate_series(1, 12500) AS n";
        schema.execute(keys.replace("SCHEMA", schema.name()));

        assertThat(schema.sweep().isIdle()).isTrue();

        assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.unreleased_key")).isZero();
    }

    @Test
    void whatIsKeptNoMoreIsSwept() {
        cancelled();
        assertThat(schema.sweep().isIdle()).isTrue();
        assertThat(schema.number("SELECT count(*) FROM %s.unreleased_key")).isOne();
        schema.passTime(ofMinutes(11));

        assertThat(schema.sweep().isIdle()).isTrue();

        assertThat(schema.number("SELECT count(*) FROM %s.unreleased_key")).isZero();
        assertThat(schema.number("SELECT count(*) FROM %s.unique_key")).isZero();
    }
}
