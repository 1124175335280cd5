package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.StoredStep;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the suites about steps have in common. */
abstract class StepSuite extends ContractSuite {

    static final Duration SHORT = Duration.ofMinutes(1);

    static NewStep step(ClaimedJob job, String name, @Nullable String value) {
        return new NewStep(job.lease(), job.id(), name, value, Duration.ofMillis(7));
    }

    static NewCursor cursor(ClaimedJob job, long nr, String value) {
        return new NewCursor(job.lease(), job.id(), nr, nr - 1, value);
    }

    /** In time. */
    void record(long worker, NewStep... steps) {
        assertThat(recordLate(worker, steps)).as("recorded too late").isEmpty();
    }

    /** Answers what came too late. */
    List<NewStep> recordLate(long worker, NewStep... steps) {
        return await(store().steps().record(worker, List.of(steps)));
    }

    /** In time. */
    void move(long worker, NewCursor... cursors) {
        assertThat(moveLate(worker, cursors)).as("moved too late").isEmpty();
    }

    List<NewCursor> moveLate(long worker, NewCursor... cursors) {
        return await(store().steps().move(worker, List.of(cursors)));
    }

    JobSteps stepsOf(JobId job) {
        return stepsOf(job.value());
    }

    JobSteps stepsOf(ClaimedJob job) {
        return stepsOf(job.id());
    }

    private JobSteps stepsOf(long job) {
        List<JobSteps> answers = await(store().steps().read(List.of(job)));
        assertThat(answers).extracting(JobSteps::job).containsExactly(job);
        return answers.get(0);
    }

    static List<String> namesOf(JobSteps steps) {
        return steps.steps().stream().map(StoredStep::name).toList();
    }
}
