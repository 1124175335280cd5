package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.OTHER_KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static io.headrace.testkit.contract.Draft.job;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.CancelAnswer;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.RetryReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long tombstones are kept, and what is known of them afterwards. */
abstract class PruneContract extends ContractSuite {

    private static final Duration RETENTION = Duration.ofDays(14);

    private long prune() {
        return await(store().decisions().prune(RETENTION));
    }

    @Test
    void aFailedJobIsKeptForItsRetention() {
        JobId id = failedJobs(1)[0];
        passTime(RETENTION.minusHours(1));

        assertThat(prune()).isZero();
        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(new RetryReport(1, 1, 0, 0));
    }

    @Test
    void whatIsPrunedIsGoneAndTheAnswerSaysSo() {
        JobId id = enqueue(job().uniqueKey("rye"));
        failJobs(id);
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);
        assertThat(prune()).isZero();

        assertThat(store().inspector().find(id).blockOptional(PATIENCE)).isEmpty();
        assertThat(cancel(id)).isEqualTo(CancelAnswer.UNKNOWN);
        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(new RetryReport(0, 0, 0, 1));
        assertThat(discard(FailedJobs.ofKind(KIND))).isEqualTo(new DiscardReport(0, 0, 0, 1));
        assertThat(retry(FailedJobs.inQueue(QUEUE))).isEqualTo(new RetryReport(0, 0, 0, 1));
        assertThat(retry(FailedJobs.ofKind(OTHER_KIND))).isEqualTo(RetryReport.NOTHING);
        assertThat(enqueueAnswered(job().uniqueKey("rye")).created())
                .as("its key is free")
                .isTrue();
        assertThat(audit().pruned()).isEqualTo(1);
    }

    @Test
    void theCancelledArePrunedAndNotCountedAsFailed() {
        JobId id = enqueue(job());
        assertThat(cancel(id)).isEqualTo(CancelAnswer.CANCELLED);
        passTime(RETENTION.plusHours(1));

        assertThat(prune()).isEqualTo(1);

        assertThat(retry(FailedJobs.byId(List.of(id)))).isEqualTo(RetryReport.NOTHING);
    }
}
