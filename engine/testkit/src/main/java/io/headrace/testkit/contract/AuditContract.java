package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.cancelled;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.released;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport;
import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.EncodedJob;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The conservation law: that the audit counts what is there, and finds what is wrong. */
abstract class AuditContract extends ContractSuite {

    @Test
    void anEmptyStoreIsInOrder() {
        assertThat(audit()).isEqualTo(new AuditReport(0, 0, 0, 0, 0, 0, List.of()));
    }

    @Test
    void theAuditCountsJobsWhereTheyAre() {
        long worker = worker();
        given(jobs(10));
        assertCounts(10, 10, 0, 0, 0);

        List<ClaimedJob> claimed = claim(worker, 7);
        assertCounts(10, 3, 7, 0, 0);

        settle(worker, completed(claimed.get(0)), completed(claimed.get(1)), failed(claimed.get(2)));
        assertCounts(10, 3, 4, 2, 1);

        settle(
                worker,
                cancelled(claimed.get(3)),
                released(claimed.get(4)),
                retried(claimed.get(5), Duration.ofHours(1)));
        assertCounts(10, 5, 1, 2, 2);
    }

    private void assertCounts(long jobs, long pending, long leased, long completed, long tombstones) {
        assertThat(audit()).isEqualTo(new AuditReport(jobs, pending, leased, completed, tombstones, 0, List.of()));
    }

    @Test
    void jobsOnTheMoveAreNeverSeenInTwoPlacesOrNone() {
        long worker = worker();
        List<EncodedJob> batch = jobs(20);

        List<AuditReport> audits = atOnce(
                16,
                caller -> caller % 2 == 0
                        ? store().inspector().audit()
                        : Mono.fromSupplier(() -> {
                            given(batch);
                            settle(worker, Outcomes.all(claim(worker, 15), Outcomes::completed));
                            return audit();
                        }));

        assertThat(audits).allMatch(AuditReport::isOk);
    }

    @Test
    void aJobInNoPlaceIsFound() {
        JobId id = enqueue(jobs(3)).get(1);

        damage(What.NOWHERE, id);

        assertThat(audit().findings()).containsExactly(new Finding(What.NOWHERE, 1, id));
    }

    @Test
    void aJobInTwoPlacesIsFound() {
        JobId id = enqueue(jobs(3)).get(1);

        damage(What.TWICE, id);

        assertThat(audit().findings()).containsExactly(new Finding(What.TWICE, 1, id));
    }

    @Test
    void aPlaceWithoutItsJobIsFound() {
        JobId id = enqueue(jobs(3)).get(1);

        damage(What.WITHOUT_JOB, id);

        assertThat(audit().findings()).containsExactly(new Finding(What.WITHOUT_JOB, 1, id));
    }

    @Test
    void aKeyThatWasNotReleasedIsFound() {
        JobId id = enqueue(job().uniqueKey("sack 7"));
        long worker = worker();
        settle(worker, completed(claimOne(worker)));

        damage(What.KEY_NOT_RELEASED, id);

        assertThat(audit().findings()).containsExactly(new Finding(What.KEY_NOT_RELEASED, 1, id));
        assertThat(audit().isOk()).isFalse();
    }

    @Test
    void aKeyThatALiveJobHasLostIsFound() {
        JobId id = enqueue(job().uniqueKey("rye"));

        damage(What.KEY_LOST, id);

        assertThat(audit().findings()).containsExactly(new Finding(What.KEY_LOST, 1, id));
    }
}
