package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.AuditReport;
import io.headrace.JobClient;
import io.headrace.JobId;
import io.headrace.JobType;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The stack traces of failures are stored once, and for as long as a failure names them. */
@OnEachServer
class TraceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofDays(14);
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final JobType<Integer> GRIND = JobType.of("grind", Integer.class);

    private final TestSchema schema;

    TraceTest(TestServer server) {
        this.schema = TestSchema.reused(server).withSegments(2);
    }

    @AfterEach
    void close() {
        schema.audit();
        schema.close();
    }

    private static Verdict.Failure failure(String frame) {
        return new Verdict.Failure(
                "E", "cracked", new FailureTrace("\tat " + frame + "\n", frame), Fingerprint.of(List.of("E", frame)));
    }

    private static Verdict.Failed failed(String frame) {
        return new Verdict.Failed(failure(frame));
    }

    private static Verdict.Retried retried(String frame) {
        return new Verdict.Retried(Duration.ZERO, failure(frame));
    }

    private List<JobId> enqueue(int jobs) {
        return JobClient.create(schema.store())
                .enqueueAll(IntStream.range(0, jobs).mapToObj(GRIND::job).toList())
                .block(PATIENCE)
                .stream()
                .map(enqueued -> enqueued.id())
                .toList();
    }

    /** Claims all that is due and settles it, by the process of a store. */
    private void settle(PostgresJobStore store, Function<ClaimedJob, Verdict> verdict) {
        long worker = store.workers()
                .register("miller", Set.of("default"), Duration.ofHours(10), false)
                .block(PATIENCE);
        ClaimRequest.Terms terms = new ClaimRequest.Terms(9, Duration.ofHours(5));
        List<Settlement> settlements = store
                .leases()
                .claim(new ClaimRequest(worker, "default", Map.of("grind", terms), 10_000))
                .block(PATIENCE)
                .jobs()
                .stream()
                .map(job -> new Settlement(job.lease(), job.id(), false, verdict.apply(job)))
                .toList();
        assertThat(settlements).isNotEmpty();
        assertThat(store.leases().settle(worker, settlements).block(PATIENCE)).isEmpty();
    }

    private void pruneAll() {
        while (schema.store().decisions().prune(RETENTION).block(PATIENCE) > 0) {
            // A chunk at a time.
        }
    }

    private long traces() {
        return schema.number("SELECT count(*) FROM %s.trace");
    }

    private List<AttemptFailure> failuresOf(JobId id) {
        return schema.store().inspector().findWithTraces(id).block(PATIENCE).failures();
    }

    @Test
    void failuresWithOneTraceNameOneRow() {
        List<JobId> ids = enqueue(500);

        settle(schema.store(), job -> retried("a.B.c(B.java:1)"));
        settle(schema.open(9), job -> failed("a.B.c(B.java:1)"));

        assertThat(traces()).isOne();
        assertThat(schema.number("SELECT count(DISTINCT trace) FROM %s.attempt_failure"))
                .isOne();
        assertThat(failuresOf(ids.get(0)))
                .extracting(AttemptFailure::trace)
                .containsOnly("E: cracked\n\tat a.B.c(B.java:1)\n");
        assertThat(schema.number("SELECT count(*) FROM %s.tombstone WHERE fingerprint = "
                        + Fingerprint.number(failure("a.B.c(B.java:1)").fingerprint())))
                .isEqualTo(500);
    }

    @Test
    void aTraceGoesADayAfterTheLastFailureThatNamesItHasGone() {
        enqueue(1);
        settle(schema.store(), job -> retried("a.B.first(B.java:1)"));
        settle(schema.store(), job -> failed("a.B.last(B.java:2)"));
        schema.passTime(TWO_DAYS);
        pruneAll();
        assertThat(traces()).as("named by a tombstone").isEqualTo(2);
        assertThat(schema.number("SELECT count(*) FROM %s.trace WHERE seen_at < now() - interval '1 hour'"))
                .as("looked at again tomorrow")
                .isZero();

        schema.passTime(RETENTION);
        pruneAll();
        assertThat(traces()).as("one is named by the attempt's failure").isOne();

        schema.execute("DELETE FROM " + schema.name() + ".attempt_failure");
        pruneAll();
        assertThat(traces()).as("not before a day is over").isOne();
        schema.passTime(TWO_DAYS);
        pruneAll();
        assertThat(traces()).isZero();
    }

    @Test
    void moreTracesThanOneStepForgetsGoAtOnce() {
        schema.execute("INSERT INTO " + schema.name() + ".trace (hash, seen_at, text)"
                + " SELECT gen_random_uuid(), now() - interval '2 days', 'at ' || n FROM generate_series(1, 250) AS n");

        pruneAll();

        assertThat(traces()).isZero();
    }

    @Test
    void aTraceThatWentBehindTheBackOfAProcessIsStoredAgainWithTheNextFailure() {
        List<JobId> first = enqueue(1);
        settle(schema.store(), job -> failed("a.B.c(B.java:1)"));
        schema.damage(AuditReport.What.TRACE_GONE, first.get(0));

        assertThat(schema.store().inspector().audit().block(PATIENCE).findings())
                .containsExactly(new AuditReport.Finding(AuditReport.What.TRACE_GONE, 1, first.get(0)));
        assertThat(failuresOf(first.get(0)).get(0).trace()).contains("E: cracked", "(the stack trace is gone)");

        List<JobId> second = enqueue(1);
        settle(schema.store(), job -> failed("a.B.c(B.java:1)"));

        assertThat(failuresOf(first.get(0)).get(0).trace()).contains("a.B.c(B.java:1)");
        assertThat(failuresOf(second.get(0)).get(0).trace()).contains("a.B.c(B.java:1)");
    }

    @Test
    void aTraceIsNamedByWhatASegmentLeavesBehind() {
        List<JobId> ids = enqueue(1);
        settle(schema.store(), job -> retried("a.B.c(B.java:1)"));
        schema.passTime(Duration.ofDays(30));

        while (schema.store().decisions().pruneCompleted(Duration.ofDays(7)).block(PATIENCE) > 0) {
            // Until nothing is left to tidy.
        }
        pruneAll();

        assertThat(schema.number("SELECT count(*) FROM ONLY %s.attempt_failure_default"))
                .isOne();
        assertThat(failuresOf(ids.get(0)).get(0).trace()).contains("a.B.c(B.java:1)");
    }
}
