package io.headrace.testkit.memory.schedule;

import io.headrace.spi.DueSchedules;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the schedules that are due. Guarded by the store's lock. */
final class DueStep {

    private static final Comparator<StoredSchedule> EARLIEST_FIRST =
            Comparator.comparing(schedule -> Objects.requireNonNull(Schedules.next(schedule)));

    private final Contents contents;
    private final Set<String> makes;
    private final Instant now;

    DueStep(Contents contents, Set<String> makes, Instant now) {
        this.contents = contents;
        this.makes = makes;
        this.now = now;
    }

    DueSchedules run(int most, Duration ahead) {
        Instant until = now.plus(ahead);
        List<StoredSchedule> due = fireable()
                .filter(schedule -> Schedules.isDue(schedule, until))
                .sorted(EARLIEST_FIRST)
                .limit(most)
                .map(schedule -> withoutPayload(Schedules.shown(schedule, contents.places())))
                .toList();
        Instant next = fireable()
                .filter(schedule -> !Schedules.isDue(schedule, until))
                .map(Schedules::next)
                .min(Comparator.naturalOrder())
                .orElse(null);
        return new DueSchedules(now, due, next);
    }

    private Stream<StoredSchedule> fireable() {
        return contents.schedules().all().stream()
                .filter(schedule -> Schedules.next(schedule) != null)
                .filter(schedule -> schedule.terms().job().payload() != null || makes.contains(schedule.name()));
    }

    /** As the durable stores do, which do not read what a firing does not send. */
    private static StoredSchedule withoutPayload(StoredSchedule schedule) {
        Terms terms = schedule.terms();
        Template job = terms.job();
        return job.payload() == null
                ? schedule
                : schedule.withTerms(terms.withJob(
                        new Template(job.queue(), job.kind(), job.priority(), "", job.headers(), job.maxAttempts())));
    }
}
