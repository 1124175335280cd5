package io.headrace.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.JobType;
import java.time.Duration;
import letters.Letters;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ContextConfiguration;

/** A schedule of the application under test fires when the test moves the clock, and not before. Properties may speak of others. */
@HeadraceTest(properties = "headrace.schedules.of-a-configuration.jitter=1m")
@ContextConfiguration(classes = Letters.class)
class ScheduleInSliceTest {

    private static final JobType<Object> SEND = JobType.of("send-letter", Object.class);

    @Autowired
    private TestJobs jobs;

    @Autowired
    private JobOperator operator;

    @RepeatedTest(2)
    void aScheduleFiresWhenTimeHasPassed() {
        jobs.runDue();
        assertThat(jobs.enqueued(SEND)).isEmpty();

        jobs.runDueAfter(Duration.ofDays(4));

        assertThat(jobs.enqueued(SEND))
                .singleElement()
                .satisfies(letter -> assertThat(letter.payload()).contains("\"ada\"", "good morning, it is 2026-01-0"));
        jobs.assertCompleted(SEND);
        assertThat(operator.audit().block()).hasToString("ok");
    }
}
