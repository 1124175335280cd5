package io.headrace.testkit.contract;

import static io.headrace.testkit.contract.Draft.KIND;
import static io.headrace.testkit.contract.Draft.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Overlap;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.Firing.ShotJob;
import io.headrace.spi.ScheduleLook;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.spi.StoredSchedule.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the suites of schedules have in common. Their schedules are hourly: a test does what an engine does, which
 * computes the instants. {@code hour(0)} is the last full hour when the test began, and due.
 */
abstract class ScheduleSuite extends ContractSuite {

    static final String NAME = "hourly";
    static final ShotJob STORED_PAYLOAD = new ShotJob(QUEUE, KIND, 4, null, null, null, null);

    private Instant start = Instant.EPOCH;

    @BeforeEach
    void lookAtTheClock() {
        start = now().truncatedTo(ChronoUnit.HOURS);
    }

    /** Either the clock moves, or what is stored moves back: {@code hour(0)} is the same instant in it. */
    @Override
    void passTime(Duration passed) {
        Instant before = now();
        super.passTime(passed);
        boolean clockMoved = !now().isBefore(before.plus(passed));
        start = clockMoved ? start : start.minus(passed);
    }

    ScheduleStore schedules() {
        return store().schedules();
    }

    Instant now() {
        return await(schedules().look(List.of())).now();
    }

    Instant hour(int hours) {
        return start.plus(Duration.ofHours(hours));
    }

    /** A schedule that is not in the store yet, and due. */
    StoredSchedule hourly(String name) {
        return new StoredSchedule(
                name,
                0,
                terms(Overlap.ALLOW, new Template(QUEUE, KIND, 4, "{\"n\":0}", null, null)),
                null,
                nextAt(hour(0)),
                History.NONE);
    }

    Terms terms(Overlap overlap, Template job) {
        return new Terms("0 * * * *", "Europe/Berlin", hour(-10), Duration.ZERO, 1, overlap, job);
    }

    StoredSchedule hourly(String name, Overlap overlap) {
        StoredSchedule schedule = hourly(name);
        return schedule.withTerms(terms(overlap, schedule.terms().job()));
    }

    /** One whose jobs are made by the engines that declare it. */
    StoredSchedule made(String name) {
        return hourly(name).withTerms(terms(Overlap.ALLOW, new Template(QUEUE, KIND, 4, null, null, null)));
    }

    static Times nextAt(@Nullable Instant instant) {
        return new Times(null, instant, instant, null);
    }

    static Times paused(Instant due) {
        return new Times(Pause.OPERATOR, due, null, null);
    }

    /** Writes a schedule that has not changed since, and reads it. */
    StoredSchedule written(StoredSchedule schedule) {
        assertThat(await(schedules().write(List.of(schedule)))).containsExactly(schedule.name());
        return schedule(schedule.name());
    }

    /** For schedules that a test needs and does not look at. */
    void given(StoredSchedule... schedules) {
        for (StoredSchedule schedule : schedules) {
            assertThat(await(schedules().write(List.of(schedule)))).containsExactly(schedule.name());
        }
    }

    /** For firings that a test needs and does not look at. */
    void given(Firing... firings) {
        for (Firing firing : firings) {
            assertThat(fireOne(firing)).isNotNull();
        }
    }

    void givenFire(String name, Instant at) {
        given(firing(schedule(name), shot(at)));
    }

    List<StoredSchedule> written(int count) {
        List<StoredSchedule> many = IntStream.range(0, count)
                .mapToObj(n -> hourly(String.format("schedule %04d", n)))
                .toList();
        assertThat(await(schedules().write(many))).hasSize(count);
        return page("", count);
    }

    StoredSchedule schedule(String name) {
        List<StoredSchedule> found = look(name);
        assertThat(found).extracting(StoredSchedule::name).containsExactly(name);
        return found.get(0);
    }

    List<StoredSchedule> look(String... names) {
        return await(schedules().look(List.of(names))).schedules();
    }

    List<StoredSchedule> page(String after, int most) {
        ScheduleLook page = await(schedules().page(after, most));
        return page.schedules();
    }

    static Shot shot(Instant at) {
        return new Shot(at, FireCause.DUE, FireOutcome.ENQUEUED, 0, STORED_PAYLOAD, null);
    }

    static Shot shot(Instant at, FireOutcome outcome) {
        return new Shot(at, FireCause.DUE, outcome, 0, null, null);
    }

    static Shot shot(Instant at, ShotJob job) {
        return new Shot(at, FireCause.DUE, FireOutcome.ENQUEUED, 0, job, null);
    }

    static Shot backfilled(Instant at) {
        return new Shot(at, FireCause.BACKFILL, FireOutcome.ENQUEUED, 0, STORED_PAYLOAD, null);
    }

    /** Goes on an hour after the last shot. */
    static Firing firing(StoredSchedule schedule, Shot... shots) {
        Instant next = Stream.of(shots)
                .map(Shot::at)
                .max(Instant::compareTo)
                .map(last -> last.plus(Duration.ofHours(1)))
                .orElse(schedule.times().dueAt());
        return new Firing(schedule.name(), schedule.version(), List.of(shots), next, next, null, 0);
    }

    static Firing backfill(String name, Shot... shots) {
        return new Firing(name, 0, List.of(shots), null, null, null, 0);
    }

    /** The answers to those firings that took place. */
    List<Fired> fire(Firing... firings) {
        return await(schedules().fire(List.of(firings), 0));
    }

    Fired fireOne(Firing firing) {
        List<Fired> fired = fire(firing);
        assertThat(fired).extracting(Fired::name).containsExactly(firing.name());
        return fired.get(0);
    }

    /** Fires the next instant of a schedule as it stands, and answers its job. */
    JobId fireNext(String name) {
        StoredSchedule schedule = schedule(name);
        return fireAt(name, Objects.requireNonNull(schedule.times().dueAt()));
    }

    JobId fireAt(String name, Instant at) {
        return jobAt(fireOne(firing(schedule(name), shot(at))), at);
    }

    static JobId jobAt(Fired fired, Instant instant) {
        return Objects.requireNonNull(fired.jobs().get(instant));
    }

    List<FireSnapshot> fires(String name) {
        return await(schedules().fires(name, null, 1_000).collectList());
    }

    FireSnapshot fireOf(String name, Instant at) {
        return fires(name).stream()
                .filter(fire -> fire.at().equals(at))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fire of " + name + " at " + at));
    }
}
