package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which schedules are due, for an engine that can make the jobs of some. */
abstract class ScheduleDueContract extends ScheduleSuite {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private DueSchedules due(String... makes) {
        return await(schedules().due(Set.of(makes), 100, Duration.ZERO));
    }

    private static List<String> namesOf(DueSchedules due) {
        return due.schedules().stream().map(StoredSchedule::name).toList();
    }

    @Test
    void nothingIsDueInAnEmptyStore() {
        DueSchedules due = due();

        assertThat(due.schedules()).isEmpty();
        assertThat(due.next()).isNull();
        assertThat(due.now()).isBetween(now().minus(MINUTE), now());
    }

    @Test
    void theEarliestComesFirst() {
        given(hourly("a").withTimes(nextAt(hour(-1))));
        given(hourly("b").withTimes(nextAt(hour(-3))));
        given(hourly("c").withTimes(nextAt(hour(-2).minusNanos(1_000))));
        given(hourly("d").withTimes(nextAt(hour(-2))));

        assertThat(namesOf(due())).containsExactly("b", "c", "d", "a");
    }

    @Test
    void noMoreComeThanAskedForAndTheEarliestOfThem() {
        for (int n = 1; n <= 5; n++) {
            given(hourly("schedule " + n).withTimes(nextAt(hour(-n))));
        }

        DueSchedules some = await(schedules().due(Set.of(), 2, Duration.ZERO));

        assertThat(namesOf(some)).containsExactly("schedule 5", "schedule 4");
    }

    @Test
    void whatIsAboutToBeDueComesAsWellAndTheNextIsAfterIt() {
        given(hourly("past").withTimes(nextAt(hour(-1))));
        given(hourly("soon").withTimes(nextAt(hour(1))));
        given(hourly("later").withTimes(nextAt(hour(4))));
        given(made("mine").withTimes(nextAt(hour(2))));
        given(made("yours").withTimes(nextAt(hour(2))));

        DueSchedules due = await(schedules().due(Set.of("mine"), 10, Duration.ofMinutes(150)));

        assertThat(namesOf(due)).containsExactly("past", "soon", "mine");
        assertThat(due.next()).isEqualTo(hour(4));
    }

    @Test
    void aDueScheduleIsAsItStands() {
        StoredSchedule rye = written(hourly("rye"));
        StoredSchedule oats = written(made("oats"));

        List<StoredSchedule> due = due("oats").schedules();

        assertThat(due).extracting(StoredSchedule::name).containsExactlyInAnyOrder("rye", "oats");
        assertThat(due).contains(oats);
        assertThat(due).filteredOn("name", "rye").singleElement().satisfies(found -> {
            assertThat(found.version()).isEqualTo(rye.version());
            assertThat(found.times()).isEqualTo(rye.times());
            assertThat(found.history()).isEqualTo(rye.history());
            assertThat(found.terms().job().payload())
                    .as("a fixed payload may be left out, but not that there is one")
                    .isIn("", rye.terms().job().payload());
        });
    }

    @Test
    void theNextOneIsTheEarliestThatIsNotDue() {
        given(hourly("due"));
        given(hourly("later").withTimes(nextAt(hour(9))));
        given(hourly("next").withTimes(nextAt(hour(8).plusNanos(1_000))));

        DueSchedules due = due();

        assertThat(namesOf(due)).containsExactly("due");
        assertThat(due.next()).isEqualTo(hour(8).plusNanos(1_000));
    }

    @Test
    void aScheduleIsDueWhenItsTimeHasPassed() {
        given(hourly(NAME).withTimes(nextAt(now().plus(Duration.ofHours(1)))));
        assertThat(due().schedules()).isEmpty();

        passTime(Duration.ofHours(1));

        assertThat(namesOf(due())).containsExactly(NAME);
    }

    @Test
    void whenItIsToBeLookedAtDecidesAndNotTheInstantThatFires() {
        Instant soon = hour(6);
        given(hourly("with jitter").withTimes(new Times(null, hour(0), soon, null)));
        given(new Firing(
                "waiting",
                written(hourly("waiting")).version(),
                List.of(shot(hour(-1), FireOutcome.WAITING)),
                hour(9),
                hour(0),
                new Waiting(hour(-1), FireCause.DUE),
                0));

        DueSchedules due = due();

        assertThat(namesOf(due)).containsExactly("waiting");
        assertThat(due.next()).isEqualTo(soon);
    }

    @Test
    void onlyAnEngineThatMakesTheJobsFinds() {
        given(made("rye"));
        given(made("oats"));
        given(made("barley").withTimes(nextAt(hour(5))));
        given(hourly("fixed").withTimes(nextAt(hour(7))));

        assertThat(due().schedules()).isEmpty();
        assertThat(due().next()).isEqualTo(hour(7));
        assertThat(namesOf(due("oats", "unknown"))).containsExactly("oats");
        assertThat(due("oats").next()).isEqualTo(hour(7));
        assertThat(namesOf(due("oats", "rye", "barley"))).containsExactlyInAnyOrder("oats", "rye");
        assertThat(due("barley").next()).isEqualTo(hour(5));
    }

    @Test
    void schedulesThatOthersFireTakeNoRoom() {
        for (int n = 1; n <= 20; n++) {
            given(made("made " + n).withTimes(nextAt(hour(-n))));
        }
        given(hourly("fixed"));
        given(made("mine"));

        DueSchedules two = await(schedules().due(Set.of("mine"), 2, Duration.ZERO));

        assertThat(namesOf(two)).containsExactlyInAnyOrder("fixed", "mine");
    }

    @Test
    void pausedAndEndedSchedulesAreLeftOut() {
        given(hourly("paused").withTimes(paused(hour(0))));
        given(hourly("ended").withTimes(nextAt(null)));
        given(made("made and paused").withTimes(paused(hour(0))));

        DueSchedules due = due("made and paused");

        assertThat(due.schedules()).isEmpty();
        assertThat(due.next()).isNull();
    }

    @Test
    void aScheduleThatFiredIsDueAtItsNextTime() {
        StoredSchedule created = written(hourly(NAME));
        given(firing(created, shot(hour(0))));

        DueSchedules due = due();

        assertThat(due.schedules()).isEmpty();
        assertThat(due.next()).isEqualTo(hour(1));
    }

    @Test
    void aRemovedScheduleIsNotDue() {
        StoredSchedule created = written(hourly(NAME));
        assertThat(await(schedules().remove(NAME, created.version()))).isTrue();

        assertThat(due().schedules()).isEmpty();
        assertThat(due().next()).isNull();
    }

    @Test
    void whatIsDueCanBeFired() {
        given(hourly(NAME));
        StoredSchedule due = due().schedules().get(0);

        assertThat(fireOne(firing(due, shot(hour(0)))).jobs()).containsOnlyKeys(hour(0));
        assertThat(claimOne(worker()).payload()).isEqualToIgnoringWhitespace("{\"n\":0}");
    }
}
