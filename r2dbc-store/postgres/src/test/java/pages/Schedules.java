package pages;

import io.headrace.JobEngine;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.Cron;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.Misfire;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/schedules.md. */
final class Schedules {

    record Report(String city, LocalDate day) {}

    record Check(String account) {}

    static final JobType<Report> REPORT = JobType.of("report", Report.class);
    static final JobType<Check> CHECK = JobType.of("check", Check.class);

    interface Bank {
        Mono<Void> write(Report report);

        Mono<Void> check(Check check);
    }

    private final Bank bank;
    private final ScheduleOperator schedules;

    Schedules(JobStore store, Bank bank) {
        this.bank = bank;
        this.schedules = JobOperator.create(store).schedules();
    }

    JobEngine engine(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(CHECK, job -> bank.check(job.payload()))
                .schedule("hourly-check", Cron.of("0 * * * *"), CHECK.job(new Check("all")))
                .build();
    }

    Schedule nightlyReport() {
        ZoneId zone = ZoneId.of("Europe/Berlin");
        return Schedule.of("nightly-report", Cron.of("0 3 * * *", zone), REPORT, fire -> {
                    LocalDate yesterday = fire.time().toLocalDate().minusDays(1);
                    return REPORT.job(new Report("Berlin", yesterday));
                })
                .misfire(Misfire.all(31))
                .jitter(Duration.ofMinutes(5));
    }

    JobEngine reportingEngine(JobStore store) {
        return JobEngine.builder(store)
                .subscribe(REPORT, job -> bank.write(job.payload()))
                .schedule(nightlyReport())
                .build();
    }

    Mono<SaveAnswer> checkDaily(String account, ZoneId zone) {
        return schedules.save(
                Schedule.of("check-" + account, Cron.of("H H(1-5) * * *", zone), CHECK.job(new Check(account))));
    }

    Mono<List<Instant>> nextFive(String name) {
        return schedules.preview(name, 5);
    }

    Mono<BackfillReport> backfill(String name, LocalDate from, LocalDate to, ZoneId zone) {
        return schedules.backfill(
                name, from.atStartOfDay(zone).toInstant(), to.atStartOfDay(zone).toInstant());
    }

    Flux<String> history(String name) {
        return schedules.fires(name, null, 100).map(fire -> fire.at() + " " + fire.outcome() + ", job " + fire.state());
    }

    Mono<FireSnapshot> runNow(String name) {
        return schedules.runNow(name);
    }

    ScheduleOperator operator() {
        return schedules;
    }
}
