package io.headrace.engine.schedule;

import static io.headrace.engine.schedule.Rows.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JacksonPayloadCodec;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.PayloadTransforms;
import io.headrace.engine.client.JobEncoder;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import io.headrace.schedule.Fire;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.schedule.Schedule;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What an engine asks the store to do with a schedule that is due. */
class FirePlanTest {

    private static final JobType<String> GRIND = JobType.of("grind", String.class);
    private static final Cron HOURLY = Cron.of("0 * * * *");

    private final JobEncoder encoder = new JobEncoder(new JacksonPayloadCodec(), PayloadTransforms.NONE, 1_000, null);

    private FirePlan plan(StoredSchedule row, Instant now) {
        return FirePlan.of(row, now, new Timetables(), new ShotMaker(Map.of(), encoder), new FirePlan.Read(now, 0));
    }

    private Shot made(Function<Fire, NewJob<String>> maker) {
        Schedule schedule = Schedule.of("mill", HOURLY, GRIND, maker);
        StoredSchedule row = Rows.row(HOURLY, 1, Duration.ZERO, START);
        StoredSchedule bare = row.withTerms(row.terms().withJob(new Template("default", "grind", 4, null, null, null)));
        FirePlan plan = FirePlan.of(
                bare,
                START,
                new Timetables(),
                new ShotMaker(Map.of("mill", schedule), encoder),
                new FirePlan.Read(START, 0));
        assertThat(plan.firing().shots()).hasSize(1);
        return plan.firing().shots().get(0);
    }

    @Test
    void aFireHasItsJobWithThePayloadOfTheStoreAndGoesOnAtTheNextInstant() {
        FirePlan plan = plan(Rows.row(HOURLY, 1, Duration.ZERO, START), START.plusSeconds(2));

        assertThat(plan.firing().version()).isEqualTo(1);
        assertThat(plan.firing().dueAt())
                .isEqualTo(START.plusSeconds(3600))
                .isEqualTo(plan.firing().nextAt());
        assertThat(plan.firing().shots())
                .containsExactly(new Shot(
                        START,
                        FireCause.DUE,
                        FireOutcome.ENQUEUED,
                        0,
                        new ShotJob(
                                "default",
                                "grind",
                                4,
                                null,
                                "{\"headrace.schedule\":\"mill\",\"headrace.fire\":\"2026-01-01T00:00:00Z\"}",
                                null,
                                null),
                        null));
    }

    @Test
    void onlyWhereOverlapMattersAJobHasAKey() {
        StoredSchedule row = Rows.overlapping(Rows.row(HOURLY, 1, Duration.ZERO, START), Overlap.SKIP, false, null);

        ShotJob job = plan(row, START).firing().shots().get(0).job();

        assertThat(job).isNotNull();
        assertThat(job.uniqueKey()).isEqualTo("schedule mill 2026-01-01T00:00:00Z");
    }

    @Test
    void whileAFireWaitsTheEndOfTheOtherIsLookedForEverySecond() {
        Waiting waiting = new Waiting(START, FireCause.DUE);
        StoredSchedule row = Rows.overlapping(
                Rows.row(HOURLY, 1, Duration.ZERO, START.plusSeconds(3600)), Overlap.QUEUE_ONE, true, waiting);

        FirePlan plan = plan(row, START.plusSeconds(5));

        assertThat(plan.firing().shots()).isEmpty();
        assertThat(plan.firing().waiting()).isEqualTo(waiting);
        assertThat(plan.firing().dueAt()).isEqualTo(START.plusSeconds(3600));
        assertThat(plan.firing().nextAt()).isEqualTo(START.plusSeconds(6));
    }

    @Test
    void whatWasPassedOverIsSaidWithTheFirstFireAndInAll() {
        FirePlan plan = plan(Rows.row(HOURLY, 2, Duration.ZERO, START), START.plusSeconds(10 * 3600));

        assertThat(plan.firing().passedOver()).isEqualTo(9);
        assertThat(plan.firing().shots()).extracting(Shot::passedOver).containsExactly(9L, 0L);
    }

    @Test
    void whatWasPassedOverIsNotSaidWithAFireThatHasWaited() {
        Waiting waiting = new Waiting(START, FireCause.DUE);
        StoredSchedule row = Rows.overlapping(
                Rows.row(HOURLY, 1, Duration.ZERO, START.plusSeconds(3600)), Overlap.QUEUE_ONE, false, waiting);

        FirePlan plan = plan(row, START.plusSeconds(10 * 3600));

        assertThat(plan.firing().shots()).extracting(Shot::at).containsExactly(START, START.plusSeconds(10 * 3600));
        assertThat(plan.firing().shots()).extracting(Shot::passedOver).containsExactly(0L, 9L);
    }

    @Test
    void aFunctionIsGivenTheInstantAndMakesTheJob() {
        Shot shot = made(fire -> GRIND.job("for " + fire.time()).queue("night").header("a", "b"));

        ShotJob job = shot.job();
        assertThat(job).isNotNull();
        assertThat(job.payload()).isEqualTo("\"for 2026-01-01T00:00Z\"");
        assertThat(job.queue()).isEqualTo("night");
        assertThat(job.headers())
                .isEqualTo("{\"a\":\"b\",\"headrace.schedule\":\"mill\",\"headrace.fire\":\"2026-01-01T00:00:00Z\"}");
    }

    @Test
    void aJobWithTheHeadersOfAnotherFireHasItsOwn() {
        Shot shot = made(fire -> GRIND.job("rye").header(Fire.AT_HEADER, "long ago"));

        // Of two members with one name, the last counts.
        assertThat(shot.job().headers()).endsWith(",\"headrace.fire\":\"2026-01-01T00:00:00Z\"}");
    }

    @Test
    void aFunctionThatThrowsFailsItsFireAndNothingElse() {
        Shot shot = made(fire -> {
            throw new IllegalStateException("no grain");
        });

        assertThat(shot.outcome()).isEqualTo(FireOutcome.FAILED);
        assertThat(shot.job()).isNull();
        assertThat(shot.problem()).contains("no grain");
    }

    @Test
    void aFunctionMustNotMakeAJobThatIsDueAtAnotherTime() {
        Shot shot = made(fire -> GRIND.job("rye").delay(Duration.ofMinutes(1)));

        assertThat(shot.outcome()).isEqualTo(FireOutcome.FAILED);
        assertThat(shot.problem()).contains("has a delay");
    }

    @Test
    void aFunctionMustMakeTheKindThatItWasDeclaredWith() {
        Shot shot = made(fire -> JobType.of("bake", String.class).job("rye"));

        assertThat(shot.outcome()).isEqualTo(FireOutcome.FAILED);
        assertThat(shot.problem()).contains("'bake' instead of 'grind'");
    }

    @Test
    void aJobThatTheStoreRefusesFailsItsFire() {
        FirePlan refused = plan(Rows.row(HOURLY, 1, Duration.ZERO, START), START)
                .refused(new IllegalStateException("not this one"));

        assertThat(refused.firing().shots()).singleElement().satisfies(shot -> {
            assertThat(shot.outcome()).isEqualTo(FireOutcome.FAILED);
            assertThat(shot.job()).isNull();
            assertThat(shot.problem()).contains("not this one");
        });
        assertThat(refused.firing().dueAt()).isEqualTo(START.plusSeconds(3600));
    }

    @Test
    void aNameIsWrittenAsJson() {
        assertThat(FireHeaders.with(null, "a \"b\" \\ c", START))
                .isEqualTo("{\"headrace.schedule\":\"a \\\"b\\\" \\\\ c\",\"headrace.fire\":\"2026-01-01T00:00:00Z\"}");
    }

    @Test
    void jitterOfManyPeriodsLeavesNoInstantOut() {
        StoredSchedule row = Rows.row(Every.of(Duration.ofSeconds(1)).from(START), 1, Duration.ofHours(1), START);
        Instant now = START;
        int fires = 0;
        while (now.isBefore(START.plus(Duration.ofHours(3)))) {
            FirePlan plan = plan(row, now);
            Firing firing = plan.firing();
            assertThat(firing.passedOver()).as("at %s", now).isZero();
            fires += firing.shots().size();
            row = row.withTimes(new Times(null, firing.dueAt(), firing.nextAt(), null));
            // As the loop does, which looks at once if it is due already.
            now = now.isBefore(firing.nextAt()) ? firing.nextAt() : now.plusMillis(5);
        }

        assertThat(fires).isBetween(2 * 3600, 3 * 3600);
        assertThat(row.times().dueAt()).isEqualTo(START.plusSeconds(fires));
    }

    @Test
    void whatALookLeavesForTheNextIsMissedIfThatDoesNotCome() {
        StoredSchedule row = Rows.row(Every.of(Duration.ofSeconds(1)).from(START), 1, Duration.ofHours(1), START);
        Instant left = START.plus(Duration.ofHours(2));

        FirePlan soon = plan(row.withTimes(new Times(null, START, left, null)), left.plusSeconds(10));
        FirePlan late = plan(row.withTimes(new Times(null, START, left, null)), left.plusSeconds(11));

        assertThat(soon.firing().passedOver()).isZero();
        assertThat(soon.firing().shots()).hasSizeGreaterThan(1);
        assertThat(soon.firing().nextAt()).isEqualTo(left.plusSeconds(10));
        assertThat(late.firing().shots()).hasSize(1);
        assertThat(late.firing().passedOver()).isEqualTo(2 * 3600 + 11);
    }
}
