package io.headrace.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.Firing;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That the audit knows schedules and fires, and finds what is wrong with them. */
abstract class ScheduleAuditContract extends ScheduleSuite {

    /** A schedule with a fire that has a job, and one that waits for it. */
    private JobId letOneWait(String name) {
        given(hourly(name));
        JobId job = fireAt(name, hour(-1));
        given(new Firing(
                name,
                schedule(name).version(),
                List.of(shot(hour(0), FireOutcome.WAITING)),
                hour(1),
                hour(1),
                new Waiting(hour(0), FireCause.DUE),
                0));
        return job;
    }

    @Test
    void schedulesAndFiresAreInOrder() {
        StoredSchedule ended = hourly("ended").withTimes(nextAt(null));
        given(hourly("rye"), made("oats"), ended, hourly("paused").withTimes(paused(hour(1))));
        assertThat(letOneWait(NAME)).isNotNull();

        assertThat(audit().findings()).isEmpty();
    }

    @Test
    void aFireMayOutliveItsJobAndItsSchedule() {
        JobId job = letOneWait(NAME);
        failJobs(job);
        passTime(Duration.ofDays(2));
        assertThat(await(store().decisions().prune(Duration.ofDays(1)))).isEqualTo(1);
        assertThat(await(schedules().remove(NAME, schedule(NAME).version()))).isTrue();

        assertThat(fires(NAME)).hasSize(2);
        assertThat(audit().findings()).isEmpty();
    }

    @Test
    void aScheduleWithoutANextTimeIsFound() {
        given(hourly("rye"), hourly("oats"));

        damage(What.SCHEDULE_STOPPED, "oats");

        assertThat(audit().findings()).containsExactly(new Finding(What.SCHEDULE_STOPPED, 1, null, "oats"));
    }

    @Test
    void aFireWithoutItsJobIsFound() {
        given(hourly("rye"), hourly("oats"));
        givenFire("rye", hour(0));
        JobId job = fireAt("oats", hour(0));

        damage(What.FIRE_WITHOUT_JOB, "oats");

        assertThat(audit().findings()).containsExactly(new Finding(What.FIRE_WITHOUT_JOB, 1, job, "oats"));
    }

    @Test
    void aWaitForNothingIsFound() {
        given(hourly("rye"));
        assertThat(letOneWait("oats")).isNotNull();

        damage(What.WAITING_LOST, "oats");

        assertThat(audit().findings()).containsExactly(new Finding(What.WAITING_LOST, 1, null, "oats"));
    }
}
