package io.headrace.engine.schedule;

import io.headrace.JobConstraints;
import io.headrace.schedule.BackfillReport;
import io.headrace.schedule.DeclaredScheduleException;
import io.headrace.schedule.FireSnapshot;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.schedule.SaveAnswer;
import io.headrace.schedule.Schedule;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.schedule.ScheduleSnapshot;
import io.headrace.schedule.Timetable;
import io.headrace.schedule.UnknownScheduleException;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.Pause;
import io.headrace.spi.StoredSchedule.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The operator of schedules: checks what it is asked, reads a schedule, and writes it unless it has changed meanwhile. */
final class ScheduleDesk implements ScheduleOperator {

    private static final int PAGE = 500;
    private static final int MOST_INSTANTS = 1_000;

    private final ScheduleStore store;
    private final ScheduleText text;
    private final Timetables timetables;
    private final Changes changes;
    private final RunNow runNow;
    private final Backfill backfill;

    ScheduleDesk(
            ScheduleStore store,
            ScheduleText text,
            Timetables timetables,
            Changes changes,
            RunNow runNow,
            Backfill backfill) {
        this.store = store;
        this.text = text;
        this.timetables = timetables;
        this.changes = changes;
        this.runNow = runNow;
        this.backfill = backfill;
    }

    @Override
    public Mono<SaveAnswer> save(Schedule schedule) {
        Objects.requireNonNull(schedule, "schedule");
        return Mono.defer(() -> {
            if (schedule.job() == null) {
                throw new InvalidScheduleException(
                        schedule.name(), "job", "is made by a function, which cannot be stored. Declare the schedule");
            }
            return changes.untilDone(schedule.name(), (stored, now) -> save(schedule, stored, now));
        });
    }

    private Mono<SaveAnswer> save(Schedule schedule, @Nullable StoredSchedule stored, Instant now) {
        Terms terms = text.terms(schedule, now);
        if (stored == null) {
            return changes.write(going(changes.created(schedule.name(), terms, null, now)))
                    .map(written -> SaveAnswer.CREATED);
        }
        StoredSchedule changed = going(changes.changed(stored, terms, now));
        Declaration declared = stored.declaration();
        return changes.write(
                        declared == null
                                ? changed
                                : changed.withDeclaration(new Declaration(declared.text(), declared.at(), true)))
                .map(written -> SaveAnswer.CHANGED);
    }

    private static StoredSchedule going(StoredSchedule schedule) {
        if (schedule.times().dueAt() == null) {
            throw new InvalidScheduleException(
                    schedule.name(),
                    "timetable",
                    "'" + schedule.terms().timetable() + "' has no instant after now. Choose a later one");
        }
        return schedule;
    }

    @Override
    public Flux<ScheduleSnapshot> list() {
        return page("").expand(last -> last.size() < PAGE
                        ? Mono.empty()
                        : page(last.get(PAGE - 1).name()))
                .concatMapIterable(page -> page)
                .map(text::snapshot);
    }

    private Mono<List<StoredSchedule>> page(String after) {
        return Mono.defer(() -> store.page(after, PAGE)).map(look -> look.schedules());
    }

    @Override
    public Mono<ScheduleSnapshot> find(String name) {
        return Mono.defer(() -> store.look(List.of(name(name))))
                .flatMapIterable(look -> look.schedules())
                .next()
                .map(text::snapshot);
    }

    @Override
    public Mono<Void> pause(String name) {
        return change(
                name,
                (schedule, now) -> schedule.times().pause() == Pause.OPERATOR
                        ? Optional.empty()
                        : Optional.of(changes.paused(schedule)));
    }

    @Override
    public Mono<Void> resume(String name) {
        return change(name, this::resumed);
    }

    private Optional<StoredSchedule> resumed(StoredSchedule schedule, Instant now) {
        Pause pause = schedule.times().pause();
        if (pause == null) {
            return Optional.empty();
        }
        if (pause == Pause.UNDECLARED && schedule.terms().job().payload() == null) {
            throw new InvalidScheduleException(
                    schedule.name(),
                    "job",
                    "is made by a function that no engine declares. Start an engine that does, and it resumes");
        }
        StoredSchedule resumed = changes.resumed(schedule, now);
        // From now on it is the operator's: nobody declares it.
        return Optional.of(pause == Pause.UNDECLARED ? resumed.withDeclaration(null) : resumed);
    }

    /** @param change answers what to write, empty if nothing */
    private Mono<Void> change(String name, BiFunction<StoredSchedule, Instant, Optional<StoredSchedule>> change) {
        return existing(
                        name,
                        (schedule, now) -> change.apply(schedule, now)
                                .map(changed -> changes.write(changed).map(written -> true))
                                .orElse(Mono.just(true)))
                .then();
    }

    private <T> Mono<T> existing(String name, BiFunction<StoredSchedule, Instant, Mono<T>> attempt) {
        return Mono.defer(() -> changes.untilDone(name(name), (stored, now) -> {
            if (stored == null) {
                throw new UnknownScheduleException(name);
            }
            return attempt.apply(stored, now);
        }));
    }

    @Override
    public Mono<Void> remove(String name) {
        return existing(name, (schedule, now) -> {
                    if (schedule.declaration() != null && schedule.times().pause() != Pause.UNDECLARED) {
                        throw new DeclaredScheduleException(name);
                    }
                    return store.remove(name, schedule.version()).filter(removed -> removed);
                })
                .then();
    }

    @Override
    public Mono<FireSnapshot> runNow(String name) {
        return existing(name, runNow::fire);
    }

    @Override
    public Mono<List<Instant>> preview(String name, int n) {
        return Mono.defer(() -> {
            most("n", n);
            return existing(name, (schedule, now) -> Mono.just(preview(schedule, n, now)));
        });
    }

    private List<Instant> preview(StoredSchedule schedule, int n, Instant now) {
        Timetable timetable = timetables.of(schedule);
        Instant dueAt = schedule.times().dueAt();
        Instant first = schedule.times().pause() == Pause.OPERATOR || dueAt == null
                ? timetable.next(now).orElse(null)
                : dueAt;
        return Timetables.instants(timetable, first, Instant.MAX, n);
    }

    @Override
    public Mono<BackfillReport> backfill(String name, Instant from, Instant to) {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        return existing(name, (schedule, now) -> backfill.run(schedule, from, to, now));
    }

    @Override
    public Flux<FireSnapshot> fires(String name, @Nullable Instant before, int most) {
        return Flux.defer(() -> {
            most("most", most);
            return store.fires(name(name), before, most)
                    .switchIfEmpty(
                            existing(name, (schedule, now) -> Mono.just(true)).thenMany(Flux.empty()));
        });
    }

    private static String name(String name) {
        return JobConstraints.name("schedule", name);
    }

    private static void most(String field, int n) {
        if (n < 1 || n > MOST_INSTANTS) {
            throw new InvalidScheduleException(null, field, n + " is outside 1 to " + MOST_INSTANTS);
        }
    }
}
