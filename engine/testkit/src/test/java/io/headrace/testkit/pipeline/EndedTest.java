package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.FailedJobs;
import io.headrace.JobEngine;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.operate.Actor;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.Right;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What those see who follow the jobs that end. */
class EndedTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @RegisterExtension
    final Mill mill = new Mill();

    private static JobEngine.Builder grinding(JobEngine.Builder builder) {
        return builder.subscribe(
                GRIND,
                job -> job.payload().equals("stone") ? Mono.error(new IllegalStateException("hard")) : Mono.empty());
    }

    private static List<EndedJob> follow(JobOperator operator) {
        List<EndedJob> ended = new ArrayList<>();
        Disposable unused = operator.ended(EndedFilter.any()).subscribe(ended::add);
        return ended;
    }

    @Test
    void eachJobIsSeenOnceAndSoon() {
        JobEngine engine = mill.start(EndedTest::grinding);
        JobOperator operator = JobOperator.create(mill.store());
        JobId before = mill.enqueue(engine, GRIND.job("rye"));
        mill.settleDown();

        List<EndedJob> ended = follow(operator);
        assertThat(ended).extracting(EndedJob::id).containsExactly(before);
        JobId good = mill.enqueue(engine, GRIND.job("rye"));
        JobId bad = mill.enqueue(engine, GRIND.job("stone").maxAttempts(1));
        mill.settleDown();
        mill.pass(SECOND);

        assertThat(ended).extracting(EndedJob::id).containsExactlyInAnyOrder(before, good, bad);
        mill.pass(Duration.ofMinutes(2));
        assertThat(ended).hasSize(3);
        assertThat(ended)
                .filteredOn(job -> job.id().equals(bad))
                .singleElement()
                .satisfies(job -> assertThat(job.state() + " " + job.message()).isEqualTo(JobState.FAILED + " hard"));
    }

    @Test
    void aJobThatFailsAgainIsSeenAgain() {
        JobEngine engine = mill.start(EndedTest::grinding);
        JobOperator operator = JobOperator.create(mill.store());
        JobId bad = mill.enqueue(engine, GRIND.job("stone").maxAttempts(1));
        mill.settleDown();
        List<EndedJob> ended = follow(operator);
        mill.pass(SECOND.multipliedBy(3));

        operator.retryFailed(FailedJobs.byId(List.of(bad))).block();
        mill.pass(SECOND.multipliedBy(3));

        assertThat(ended).extracting(EndedJob::id).containsExactly(bad, bad);
    }

    @Test
    void aMessageThatQuotesAPayloadIsForThoseWhoMaySeePayloads() {
        JobType<Integer> numbers = JobType.of(GRIND.kind(), Integer.class);
        JobEngine engine = mill.start(builder -> builder.subscribe(numbers, job -> Mono.empty()));
        mill.enqueue(engine, GRIND.job("secret").maxAttempts(1));
        mill.settleDown();
        JobOperator desk = JobOperator.create(mill.store());
        JobOperator visitor = desk.as(new Actor("visitor", Set.of(Right.VIEW)));

        assertThat(follow(desk))
                .singleElement()
                .satisfies(job -> assertThat(job.message()).contains("secret"));
        assertThat(follow(visitor))
                .singleElement()
                .satisfies(job -> assertThat(job.message()).isNull());
    }
}
