package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.job;
import static io.headrace.testkit.contract.Outcomes.completed;
import static io.headrace.testkit.contract.Outcomes.failed;
import static io.headrace.testkit.contract.Outcomes.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedStep;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.NewStep;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the handler of a job has recorded, as people see it. */
abstract class StepRecordContract extends StepSuite {

    private JobRecord recordOf(JobId job) {
        return await(store().inspector().record(job));
    }

    private JobRecord recordOf(ClaimedJob job) {
        return recordOf(new JobId(job.id()));
    }

    @Test
    void aJobThatHasRecordedNothingHasAnEmptyRecord() {
        JobId id = enqueue(job());

        assertThat(recordOf(id)).isEqualTo(JobRecord.none(id));
        assertThat(recordOf(new JobId(1))).isEqualTo(JobRecord.none(new JobId(1)));
    }

    @Test
    void stepsAndCursorAreShownAsTheyWere() {
        long worker = worker();
        JobId id = enqueue(job());
        ClaimedJob first = claimOne(worker);
        record(worker, step(first, "weigh", "{\"grams\":1000.10}"), step(first, "open", null));
        settle(worker, retried(first, Duration.ZERO));
        ClaimedJob second = claimOne(worker);
        record(worker, step(second, "grind", "2"));
        move(worker, cursor(second, 1, "\"sack 1\""));
        move(worker, cursor(second, 2, "\"sack 2\""));

        JobRecord record = recordOf(id);

        assertThat(record.job()).isEqualTo(id);
        assertThat(record.steps()).extracting(RecordedStep::name).containsExactly("weigh", "open", "grind");
        assertThat(record.steps()).extracting(RecordedStep::value).containsExactly("{\"grams\":1000.10}", null, "2");
        assertThat(record.steps()).extracting(RecordedStep::attempt).containsExactly(1, 1, 2);
        assertThat(record.steps()).allSatisfy(step -> {
            assertThat(step.took()).isEqualTo(Duration.ofMillis(7));
            assertThat(step.at()).isAfterOrEqualTo(id.createdAt());
        });
        assertThat(record.stepCount()).isEqualTo(3);
        assertThat(record.cursor()).satisfies(cursor -> {
            assertThat(cursor.value()).isEqualTo("\"sack 2\"");
            assertThat(cursor.attempt()).isEqualTo(2);
            assertThat(cursor.at()).isAfterOrEqualTo(id.createdAt());
        });
    }

    @Test
    void aCursorIsShownWithoutSteps() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        move(worker, cursor(claimed, 1, "17"));

        assertThat(recordOf(claimed).steps()).isEmpty();
        assertThat(recordOf(claimed).stepCount()).isZero();
        assertThat(recordOf(claimed).cursor()).extracting(RecordedCursor::value).isEqualTo("17");
    }

    @Test
    void itIsShownInEveryState() {
        long worker = worker();
        given(job(), job());
        List<ClaimedJob> claimed = claimAll(worker);
        claimed.forEach(each -> record(worker, step(each, "weigh", "1")));

        settle(worker, completed(claimed.get(0)), failed(claimed.get(1)));

        assertThat(claimed)
                .allSatisfy(each -> assertThat(recordOf(each).steps()).hasSize(1));
    }

    @Test
    void ofManyStepsTheLastAreShown() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        int many = JobRecord.MOST_STEPS + 50;
        record(
                worker,
                IntStream.range(0, 50).mapToObj(nr -> numbered(claimed, nr)).toArray(NewStep[]::new));
        record(
                worker,
                IntStream.range(50, many).mapToObj(nr -> numbered(claimed, nr)).toArray(NewStep[]::new));

        JobRecord record = recordOf(claimed);

        assertThat(record.stepCount()).isEqualTo(many);
        assertThat(record.steps())
                .extracting(RecordedStep::value)
                .containsExactlyElementsOf(
                        IntStream.range(50, many).mapToObj(String::valueOf).toList());
    }

    private static NewStep numbered(ClaimedJob job, int nr) {
        return step(job, "page " + nr, String.valueOf(nr));
    }

    @Test
    void ofLongValuesTheLastAreShown() {
        long worker = worker();
        given(job());
        ClaimedJob claimed = claimOne(worker);
        // Three are a little more than what is shown: each character has two bytes.
        String value = "\"" + "é".repeat(JobRecord.MOST_BYTES / 6) + "\"";
        for (int nr = 0; nr < 3; nr++) {
            record(worker, step(claimed, "page " + nr, value));
        }
        record(worker, step(claimed, "last", null));

        assertThat(recordOf(claimed).steps())
                .extracting(RecordedStep::value)
                .containsExactly(JobRecord.NOT_SHOWN, value, value, null);
    }

    @Test
    void onlyTheValuesOfTheJobItselfAreShown() {
        long worker = worker();
        given(job(), job());
        List<ClaimedJob> claimed = claimAll(worker);
        record(worker, step(claimed.get(0), "weigh", "1"), step(claimed.get(1), "grind", "2"));

        assertThat(recordOf(claimed.get(0)).steps())
                .extracting(RecordedStep::name)
                .containsExactly("weigh");
    }
}
