package io.headrace.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import reactor.core.publisher.Mono;

/** A test of an application's handlers, as its users write it. */
@HeadraceTest(properties = "headrace.engine.retry.first=1m")
class HeadraceTestTest {

    @Autowired
    private TestJobs jobs;

    @Autowired
    private JobClient client;

    @Autowired
    private JobOperator operator;

    @MockitoBean
    private Mill.Stones stones;

    @RepeatedTest(2)
    void whatIsEnqueuedIsThereToBeSeenAndRunsWhenItIsTold() {
        when(stones.grind(anyString())).thenReturn(Mono.just("flour"));
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye"))).block();

        assertThat(jobs.payloads(Mill.GRIND)).as("none of an earlier test").containsExactly(new Mill.Grain("rye"));
        assertThat(jobs.in(JobState.PENDING)).hasSize(1);

        jobs.runDue();

        verify(stones).grind("rye");
        assertThat(jobs.payloads(Mill.SIEVE)).containsExactly(new Mill.Flour("flour"));
        assertThat(jobs.in(JobState.COMPLETED)).hasSize(2);
    }

    @Test
    void aFailureIsRetriedWhenTimeHasPassed() {
        when(stones.grind("rye"))
                .thenReturn(Mono.error(new IllegalStateException("stuck")))
                .thenReturn(Mono.just("flour"));
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye"))).block();

        jobs.runDue();
        assertThat(jobs.enqueued(Mill.GRIND))
                .singleElement()
                .satisfies(job -> assertThat(job.failures()).hasSize(1));

        jobs.runDueAfter(Duration.ofSeconds(59));
        assertThat(jobs.enqueued(Mill.SIEVE)).isEmpty();

        jobs.runDueAfter(Duration.ofSeconds(1));
        assertThat(jobs.enqueued(Mill.SIEVE)).hasSize(1);
    }

    @Test
    void aJobOnAQueueThatNobodyWorksOnIsNamed() {
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye")).queue("elsewhere")).block();

        assertThatIllegalStateException()
                .isThrownBy(() -> jobs.runDue(Duration.ofMillis(200)))
                .withMessageContaining("elsewhere")
                .withMessageContaining("an engine for their queue");
    }

    @Test
    void anAssertionShowsTheCauseOfAFailure() {
        when(stones.grind("rye")).thenReturn(Mono.error(new IllegalStateException("stuck")));
        when(stones.grind("oats")).thenReturn(Mono.just("flour"));
        assertThatThrownBy(() -> jobs.assertCompleted(Mill.GRIND)).hasMessageContaining("No job of kind 'grind'");
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye"))).block();
        client.enqueue(Mill.GRIND.job(new Mill.Grain("oats"))).block();

        jobs.runDue();

        assertThatThrownBy(() -> jobs.assertCompleted(Mill.GRIND))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 of 2 jobs of kind 'grind' are not completed")
                .hasMessageContaining("is PENDING after 1 attempts")
                .hasMessageContaining("java.lang.IllegalStateException: stuck")
                .hasMessageContaining("at " + getClass().getName());
        jobs.assertCompleted(Mill.SIEVE);
    }

    @Test
    void aLongTimeMayPass() {
        when(stones.grind(anyString())).thenReturn(Mono.just("flour"));
        client.enqueue(Mill.GRIND.job(new Mill.Grain("rye")).delay(Duration.ofDays(365)))
                .block();

        jobs.runDue();
        assertThat(jobs.in(JobState.COMPLETED)).isEmpty();
        jobs.runDueAfter(Duration.ofDays(365));

        assertThat(jobs.in(JobState.COMPLETED)).hasSize(2);
        assertThat(operator.audit().block()).hasToString("ok");
    }

    @Test
    void aKindWithoutAHandlerIsRefusedAsInTheApplication() {
        assertThat(client.enqueue(JobType.of("weave", String.class).job("wool"))
                        .onErrorResume(error -> Mono.empty())
                        .blockOptional())
                .isEmpty();
    }
}
