package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headrace.CancelAnswer;
import io.headrace.FailedJobs;
import io.headrace.JobExplanation;
import io.headrace.JobId;
import io.headrace.JobReason;
import io.headrace.JobState;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.WorkerId;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of a job that does not wait: that somebody has it, or what became of it. */
abstract class WhyNotWaitingContract extends ContractSuite {

    private static final Duration SHORT = Duration.ofSeconds(30);

    private JobReason reason(JobId id) {
        JobExplanation explanation = await(store().inspector().why(id));
        assertThat(explanation.job()).isEqualTo(id);
        assertThat(explanation.also()).isEmpty();
        return explanation.reason();
    }

    private <T extends JobReason> T reason(JobId id, Class<T> type) {
        JobReason reason = reason(id);
        assertThat(reason).isInstanceOf(type);
        return type.cast(reason);
    }

    @Test
    void aLeasedJobHasAWorker() {
        JobId id = enqueue(job());
        long worker = worker();
        assertThat(claim(worker, 1)).hasSize(1);

        JobReason.Leased leased = reason(id, JobReason.Leased.class);
        assertThat(leased.worker()).isEqualTo(new WorkerId(worker).toString());
        assertThat(leased.engine()).isEqualTo("miller");
        assertThat(leased.attempt()).isEqualTo(1);
        assertThat(leased.silent()).isFalse();
        assertThat(leased.since()).isCloseTo(id.createdAt(), within(30, ChronoUnit.SECONDS));
        assertThat(Duration.between(leased.since(), leased.deadline())).isEqualTo(DEADLINE);
    }

    @Test
    void itsWorkerMayBeSilent() {
        JobId id = enqueue(job());
        assertThat(claim(worker(SHORT), 1)).hasSize(1);

        passTime(Duration.ofMinutes(1));

        assertThat(reason(id, JobReason.Leased.class).silent()).isTrue();
        assertThat(reason(id).whatNext()).contains("sweep");
    }

    @Test
    void jobsOfOneSetAreToldApart() {
        List<JobId> ids = enqueue(jobs(6));
        long worker = worker();
        List<ClaimedJob> claimed = claim(worker, 4);
        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)), cancelled(claimed.get(2)));

        assertThat(ids)
                .map(id -> reason(id).code())
                .containsExactly("COMPLETED", "FAILED", "CANCELLED", "LEASED", "DUE", "DUE");
        assertThat(reason(ids.get(0))).isEqualTo(new JobReason.Completed());
    }

    @Test
    void aTombstoneSaysWhy() {
        JobId failed = failedJobs(1)[0];
        JobId cancelled = enqueue(job());
        assertThat(cancel(cancelled)).isEqualTo(CancelAnswer.CANCELLED);

        JobReason.Ended end = reason(failed, JobReason.Ended.class);
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.attempt()).isEqualTo(1);
        assertThat(end.last()).isEqualTo(find(failed).failures().get(0));
        assertThat(end.at()).isEqualTo(end.last().at());
        assertThat(end.describe()).contains("the mill is on fire");
        assertThat(reason(cancelled, JobReason.Ended.class).state()).isEqualTo(JobState.CANCELLED);

        assertThat(discard(FailedJobs.byId(List.of(failed))).discarded()).isEqualTo(1);
        assertThat(reason(failed).code()).isEqualTo("DISCARDED");
    }

    @Test
    void aTombstoneThatWasPrunedIsRemembered() {
        JobId id = failedJobs(1)[0];
        passTime(Duration.ofDays(2));
        assertThat(await(store().decisions().prune(Duration.ofDays(1)))).isEqualTo(1);

        assertThat(reason(id)).isEqualTo(new JobReason.Pruned(JobState.FAILED));
    }

    @Test
    void aJobThatNeverWasIsUnknown() {
        JobId id = enqueue(job());

        assertThat(reason(new JobId(id.value() + 1))).isEqualTo(new JobReason.Unknown());
    }
}
