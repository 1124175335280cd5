package io.headrace.engine.schedule;

import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.schedule.Timetable;
import io.headrace.schedule.UnknownScheduleException;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Fires the instants of a range that have no fire on record. */
final class Backfill {

    static final int MOST_INSTANTS = 10_000;

    private static final int AT_A_TIME = 500;

    /** How long the payloads of one statement may be, in characters; a longer payload goes alone. */
    private static final int MOST_CHARACTERS = 8 << 20;

    private final Timetables timetables;
    private final ShotMaker maker;
    private final FireFlush flush;
    private final Changes changes;

    Backfill(Timetables timetables, ShotMaker maker, FireFlush flush, Changes changes) {
        this.timetables = timetables;
        this.maker = maker;
        this.flush = flush;
        this.changes = changes;
    }

    Mono<BackfillReport> run(StoredSchedule schedule, Instant from, Instant to, Instant now) {
        if (!from.isBefore(to)) {
            throw refused(schedule, "from", from + " is not before " + to);
        }
        if (to.isAfter(now)) {
            throw refused(schedule, "to", to + " is after now, " + now + ". Later instants fire by themselves");
        }
        check(schedule, from);
        Timetable timetable = timetables.of(schedule);
        long instants = timetable.count(before(from), to.minusNanos(1));
        if (instants > MOST_INSTANTS) {
            throw refused(
                    schedule,
                    "to",
                    "the range has " + instants + " instants, more than " + MOST_INSTANTS + ". Divide it");
        }
        Instant first = timetable.next(before(from)).orElse(null);
        return Flux.fromIterable(Timetables.instants(timetable, first, to, MOST_INSTANTS))
                .buffer(atATime(schedule.terms().job().payload()))
                .concatMap(some -> changes.untilDone(schedule.name(), (stored, at) -> fire(stored, schedule, some, at)))
                .reduce(new BackfillReport(0, 0, 0, 0), Backfill::sum);
    }

    private static int atATime(@Nullable String payload) {
        int length = payload == null ? 1 : payload.length();
        return Math.max(1, Math.min(AT_A_TIME, MOST_CHARACTERS / length));
    }

    private void check(StoredSchedule schedule, Instant from) {
        Instant pruned = schedule.history().prunedTo();
        if (pruned != null && !from.isAfter(pruned)) {
            throw refused(
                    schedule,
                    "from",
                    "the fires up to " + pruned + " were pruned, so it is not known what has fired. Begin after that");
        }
        if (!maker.canFire(schedule)) {
            throw refused(
                    schedule,
                    "job",
                    "is made by a function that this process does not have. Use the operator of an engine that"
                            + " declares the schedule");
        }
    }

    private static Instant before(Instant instant) {
        return instant.equals(Instant.MIN) ? instant : instant.minusNanos(1);
    }

    /**
     * Fires some as the schedule is by now: it may have changed since the first of them, or be gone. Empty if somebody
     * else writes or fires it at the moment.
     */
    private Mono<BackfillReport> fire(
            @Nullable StoredSchedule stored, StoredSchedule asked, List<Instant> some, Instant now) {
        if (stored == null) {
            throw new UnknownScheduleException(asked.name());
        }
        check(stored, some.get(0));
        List<Shot> shots = some.stream()
                .map(at -> maker.shotOfAnyVersion(
                        stored, new Outcomes.Decided(at, FireCause.BACKFILL, FireOutcome.ENQUEUED)))
                .toList();
        Firing firing = new Firing(stored.name(), 0, shots, null, null, null, 0);
        return flush.fireOne(new FirePlan(stored, firing, new FirePlan.Read(now, 0), false))
                .map(fired -> report(some.size(), fired));
    }

    private static BackfillReport report(int instants, Fired fired) {
        int recorded = fired.recorded().size();
        int jobs = fired.jobs().size();
        return new BackfillReport(instants, jobs, recorded - jobs, instants - recorded);
    }

    private static BackfillReport sum(BackfillReport one, BackfillReport other) {
        return new BackfillReport(
                one.instants() + other.instants(),
                one.fired() + other.fired(),
                one.failed() + other.failed(),
                one.already() + other.already());
    }

    private static InvalidScheduleException refused(StoredSchedule schedule, String field, String reason) {
        return new InvalidScheduleException(schedule.name(), field, reason);
    }
}
