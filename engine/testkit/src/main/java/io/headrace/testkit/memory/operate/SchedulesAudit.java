package io.headrace.testkit.memory.operate;

import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Times;
import io.headrace.spi.StoredSchedule.Waiting;
import io.headrace.testkit.memory.places.Fires;
import io.headrace.testkit.memory.places.JobPlaces;
import io.headrace.testkit.memory.places.Schedules;
import io.headrace.testkit.memory.places.StoredFire;
import io.headrace.testkit.memory.places.StoredJob;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks schedules against their fires, and fires against the jobs. Guarded by the store's lock. */
final class SchedulesAudit {

    private final Schedules schedules;
    private final Fires fires;
    private final JobPlaces places;
    private final Map<What, List<Wrong>> wrong = new EnumMap<>(What.class);

    private SchedulesAudit(Schedules schedules, JobPlaces places) {
        this.schedules = schedules;
        this.fires = schedules.fires();
        this.places = places;
    }

    /** @param job the job that it is about, if any */
    private record Wrong(String schedule, @Nullable Long job) {}

    static List<Finding> of(Schedules schedules, JobPlaces places) {
        return new SchedulesAudit(schedules, places).findings();
    }

    private List<Finding> findings() {
        schedules.all().forEach(this::check);
        fires.schedules().forEach(name -> fires.of(name).forEach(fire -> check(name, fire)));
        List<Finding> findings = new ArrayList<>();
        wrong.forEach((what, all) -> findings.add(finding(what, all)));
        return findings;
    }

    private void check(StoredSchedule schedule) {
        Times times = schedule.times();
        Waiting waiting = times.waiting();
        if (times.pause() == null && times.nextAt() == null && (times.dueAt() != null || waiting != null)) {
            note(What.SCHEDULE_STOPPED, schedule.name(), null);
        }
        if (waiting != null) {
            StoredFire fire = fires.find(schedule.name(), waiting.at());
            if (fire == null || !fire.isWaiting()) {
                note(What.WAITING_LOST, schedule.name(), null);
            }
        }
    }

    private void check(String name, StoredFire fire) {
        if (fire.outcome() == FireOutcome.ENQUEUED && isLost(fire.job())) {
            note(
                    What.FIRE_WITHOUT_JOB,
                    name,
                    fire.job() == null ? null : fire.job().id());
        }
        if (fire.isWaiting() && !isWaitedFor(name, fire)) {
            note(What.WAITING_LOST, name, null);
        }
    }

    /** Of those that have completed, the store forgets some. */
    private boolean isLost(@Nullable StoredJob job) {
        return job == null || (!places.jobs().containsKey(job.id()) && job.state() != JobState.COMPLETED);
    }

    private boolean isWaitedFor(String name, StoredFire fire) {
        StoredSchedule schedule = schedules.find(name);
        Waiting waiting = schedule == null ? null : schedule.times().waiting();
        return waiting != null && waiting.at().equals(fire.at());
    }

    private void note(What what, String schedule, @Nullable Long job) {
        wrong.computeIfAbsent(what, any -> new ArrayList<>()).add(new Wrong(schedule, job));
    }

    private static Finding finding(What what, List<Wrong> all) {
        TreeSet<Long> jobs = new TreeSet<>();
        TreeSet<String> names = new TreeSet<>();
        for (Wrong one : all) {
            names.add(one.schedule());
            if (one.job() != null) {
                jobs.add(one.job());
            }
        }
        return new Finding(what, all.size(), jobs.isEmpty() ? null : new JobId(jobs.first()), names.first());
    }
}
