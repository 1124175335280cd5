package io.headrace.testkit.pipeline;

import static io.headrace.testkit.pipeline.Mill.GRIND;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.InvalidSettingException;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobTotals;
import io.headrace.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** What its retention has passed is forgotten, about every minute and come what may. */
class PrunerTest {

    /** The longest time from one look at completed jobs to the next: five pauses of a minute and 20 %, with a second to spare. */
    private static final Duration A_LOOK = ofMinutes(6).plusSeconds(1);

    @RegisterExtension
    final Mill mill = new Mill();

    private JobId complete(JobEngine engine) {
        JobId id = mill.enqueue(engine, GRIND.job("rye"));
        mill.pass(ofSeconds(1));
        return id;
    }

    private List<JobTotals> totals(JobEngine engine) {
        List<JobTotals> totals = new ArrayList<>();
        engine.operator().totals().subscribe(totals::add);
        return totals;
    }

    @Test
    void aCompletedJobIsKeptForSevenDaysUnlessItIsSaidOtherwise() {
        JobEngine engine = mill.start(e -> e.subscribe(GRIND, job -> Mono.empty()));
        JobId id = complete(engine);
        mill.pass(ofDays(7).minusMinutes(5));
        assertThat(mill.find(id)).isNotNull();

        mill.pass(ofMinutes(5).plus(A_LOOK));

        assertThat(mill.find(id)).isNull();
        assertThat(totals(engine)).containsExactly(new JobTotals("default", "grind", 1, 0, 0, 0, 0));
    }

    @Test
    void completedAndFailedJobsHaveARetentionEach() {
        JobEngine engine = mill.start(e -> e.completedRetention(ofMinutes(30))
                .failedRetention(ofMinutes(90))
                .subscribe(JobHandler.<String>of(
                                GRIND,
                                job -> job.payload().equals("rye")
                                        ? Mono.empty()
                                        : Mono.error(new IllegalStateException("no")))
                        .retry(RetryPolicy.never())));
        JobId completed = complete(engine);
        JobId failed = mill.enqueue(engine, GRIND.job("stones"));
        mill.pass(ofMinutes(40));

        assertThat(mill.find(completed)).isNull();
        assertThat(mill.find(failed)).isNotNull();
        mill.pass(ofMinutes(60));
        assertThat(mill.find(failed)).isNull();
        assertThat(totals(engine)).containsExactly(new JobTotals("default", "grind", 1, 0, 0, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prune", "pruneCompleted"})
    void anErrorStopsNeitherTheNextRoundNorTheOtherHalfOfThis(String verb) {
        Unreliable away = new Unreliable(mill.store());
        away.refuse(verb);
        JobEngine engine = mill.start(
                away.proxy(), e -> e.completedRetention(ofMinutes(30)).subscribe(GRIND, job -> Mono.empty()));
        JobId id = complete(engine);
        mill.pass(ofMinutes(40));
        assertThat(away.calls("prune")).isGreaterThan(20);
        assertThat(away.calls("pruneCompleted")).isGreaterThan(verb.equals("prune") ? 5 : 20);
        assertThat(mill.find(id) == null).isEqualTo(verb.equals("prune"));

        away.allow(verb);
        mill.pass(ofMinutes(2));

        assertThat(mill.find(id)).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aRetentionIsPositive(long seconds) {
        JobEngine.Builder builder = JobEngine.builder(mill.store()).completedRetention(Duration.ofSeconds(seconds));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(builder::build)
                .satisfies(e -> assertThat(e.setting()).isEqualTo("completedRetention"));
    }
}
