package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Draft.jobs;
import static io.headrace.testkit.contract.Outcomes.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewCursor;
import io.headrace.spi.StoredCursor;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How far the loop of a job has come: the last word counts. */
abstract class StepCursorContract extends StepSuite {

    private StoredCursor cursorOf(ClaimedJob job) {
        return Objects.requireNonNull(stepsOf(job).cursor());
    }

    @Test
    void aCursorIsReadAsItWasMoved() {
        long worker = worker();
        given(jobs(2));
        List<ClaimedJob> claimed = claimAll(worker);

        move(worker, cursor(claimed.get(0), 1, "{ \"page\": 7 }"));

        StoredCursor cursor = cursorOf(claimed.get(0));
        assertThat(cursor.value()).isEqualTo("{ \"page\": 7 }");
        assertThat(cursor.nr()).isOne();
        assertThat(cursor.attempt()).isOne();
        assertThat(stepsOf(claimed.get(0)).steps()).isEmpty();
        assertThat(stepsOf(claimed.get(1)).cursor()).isNull();
    }

    @Test
    void theLastWordCounts() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);

        for (int nr = 1; nr <= 20; nr++) {
            move(worker, cursor(claimed, nr, Integer.toString(nr * 100)));
            assertThat(cursorOf(claimed).value()).isEqualTo(Integer.toString(nr * 100));
        }

        assertThat(cursorOf(claimed).nr()).isEqualTo(20);
    }

    @Test
    void numbersMayBeLeftOut() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        move(worker, cursor(claimed, 1, "1"));

        move(worker, new NewCursor(claimed.lease(), claimed.id(), 9, 1, "9"));

        assertThat(cursorOf(claimed).value()).isEqualTo("9");
    }

    @Test
    void aMoveThatIsSentAgainChangesNothing() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        move(worker, cursor(claimed, 1, "1"));
        move(worker, cursor(claimed, 2, "2"));

        move(worker, cursor(claimed, 2, "2"));

        assertThat(cursorOf(claimed).value()).isEqualTo("2");
        assertThat(cursorOf(claimed).nr()).isEqualTo(2);
    }

    @Test
    void itNamesTheAttempt() {
        long worker = worker();
        given(job());
        ClaimedJob first = claimOne(worker);
        move(worker, cursor(first, 1, "1"));
        settle(worker, Outcomes.retried(first, java.time.Duration.ZERO));
        ClaimedJob second = claimOne(worker);
        assertThat(cursorOf(second).attempt()).isOne();

        move(worker, cursor(second, 2, "2"));

        assertThat(cursorOf(second).attempt()).isEqualTo(2);
        settle(worker, released(second));
    }

    @Test
    void manyAreMovedTogether() {
        long worker = worker();
        given(jobs(500));
        List<ClaimedJob> claimed = claimAll(worker);

        for (int nr = 1; nr <= 2; nr++) {
            int round = nr;
            move(
                    worker,
                    claimed.stream()
                            .map(each -> cursor(each, round, "\"" + round + " of " + each.id() + "\""))
                            .toArray(NewCursor[]::new));
        }

        assertThat(await(store().steps()
                        .read(claimed.stream().map(ClaimedJob::id).toList())))
                .hasSize(500)
                .allMatch(job -> job.cursor() != null && job.cursor().value().equals("\"2 of " + job.job() + "\""));
    }
}
