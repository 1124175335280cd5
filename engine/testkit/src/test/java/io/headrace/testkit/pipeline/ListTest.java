package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobOutcome;
import io.headrace.JobState;
import io.headrace.operate.JobFilter;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Lists of jobs at the desk: through all states, page by page. */
class ListTest {

    @RegisterExtension
    final Mill mill = new Mill();

    private JobPage page(JobFilter filter, @Nullable String cursor, int most) {
        return Objects.requireNonNull(
                JobOperator.create(mill.store()).jobs(filter, cursor, most).block());
    }

    private List<JobItem> list(JobFilter filter, int most) {
        List<JobItem> jobs = new ArrayList<>();
        String cursor = null;
        do {
            JobPage page = page(filter, cursor, most);
            assertThat(page.jobs()).hasSizeLessThanOrEqualTo(most);
            jobs.addAll(page.jobs());
            cursor = page.next();
        } while (cursor != null);
        return jobs;
    }

    /** Two jobs in each state. */
    private void fill() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> switch (job.payload()) {
            case "rye" -> Mono.empty();
            case "stone", "bone" -> Mono.just(JobOutcome.fail("no grist"));
            case "wool" -> Mono.just(JobOutcome.cancel("no grist"));
            default -> Mono.never();
        }));
        for (int n = 0; n < 2; n++) {
            for (String grist : List.of("rye", "stone", "wool", "oats")) {
                assertThat(mill.enqueue(engine, GRIND.job(grist))).isNotNull();
            }
        }
        List<JobItem> failed = list(JobFilter.any().withState(JobState.FAILED), 10);
        engine.operator()
                .discard(FailedJobs.byId(failed.stream().map(JobItem::id).toList()))
                .subscribe();
        for (int n = 0; n < 2; n++) {
            assertThat(mill.enqueue(engine, GRIND.job("bone"))).isNotNull();
        }
        engine.operator().pause("default").subscribe();
        for (int n = 0; n < 2; n++) {
            assertThat(mill.enqueue(engine, GRIND.job("barley"))).isNotNull();
        }
        mill.settleDown();
    }

    @Test
    void withoutAStateAllStatesAreListedOneAfterTheOther() {
        fill();

        for (int most : new int[] {1, 2, 5, 12, 200}) {
            assertThat(list(JobFilter.any(), most))
                    .as("by %s", most)
                    .extracting(JobItem::state)
                    .containsExactly(
                            JobState.LEASED,
                            JobState.LEASED,
                            JobState.PENDING,
                            JobState.PENDING,
                            JobState.FAILED,
                            JobState.FAILED,
                            JobState.CANCELLED,
                            JobState.CANCELLED,
                            JobState.DISCARDED,
                            JobState.DISCARDED,
                            JobState.COMPLETED,
                            JobState.COMPLETED);
        }
        assertThat(page(JobFilter.any(), null, 12).jobs()).hasSize(12);
    }

    @Test
    void aPageIsTheLastIfNothingFollows() {
        fill();

        assertThat(page(JobFilter.any(), null, 12).next()).isNull();
        assertThat(page(JobFilter.any(), null, 11).next()).isNotNull();
        assertThat(page(JobFilter.any().withKind("dredge"), null, 1)).isEqualTo(new JobPage(List.of(), null, null));
    }

    @Test
    void aFingerprintIsThatOfWhatHasFailed() {
        fill();
        JobItem failed = list(JobFilter.any().withState(JobState.FAILED), 1).get(0);
        String fingerprint = JobOperator.create(mill.store())
                .find(failed.id())
                .block()
                .failures()
                .get(0)
                .fingerprint();

        assertThat(list(JobFilter.any().withFingerprint(fingerprint), 3))
                .extracting(JobItem::state)
                .containsExactly(JobState.FAILED, JobState.FAILED, JobState.DISCARDED, JobState.DISCARDED);
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JobFilter.any().withFingerprint("zinc"));
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> JobFilter.any().withFingerprint(fingerprint).withState(JobState.LEASED));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 201})
    void aPageHasBounds(int most) {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> page(JobFilter.any(), null, most))
                .withMessage("most: " + most + " is outside 1 to 200");
    }

    @Test
    void aCursorBelongsToItsFilter() {
        fill();
        String cursor = page(JobFilter.any(), null, 1).next();

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> page(JobFilter.any().withQueue("default"), cursor, 1))
                .withMessageContaining("another filter");
    }
}
