package io.headrace.engine.schedule;

import io.headrace.Backoff;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.schedule.Schedule;
import io.headrace.spi.ScheduleLook;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.Declaration;
import io.headrace.spi.StoredSchedule.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Writes the schedules that an engine declares to the store when it starts, says now and then that they are still declared,
 * and pauses those of which nobody has said so for a day. Prunes fires as well.
 */
final class Declarations {

    private static final Logger log = LoggerFactory.getLogger(Declarations.class);

    static final Duration UNDECLARED_AFTER = Duration.ofDays(1);

    private static final Backoff PAUSE = Backoff.fixed(Duration.ofMinutes(10)).jitter(0.2);
    private static final int AT_A_TIME = 200;

    private final Map<String, Schedule> declared;
    private final ScheduleStore store;
    private final ScheduleText text;
    private final DeclarationText declarations;
    private final Changes changes;
    private final Duration retention;
    private final Scheduler clock;
    private final Outage outage;
    private final LoopGuard guard;
    private final Disposable.Swap loop = Disposables.swap();

    Declarations(
            Map<String, Schedule> declared,
            ScheduleStore store,
            ScheduleText text,
            DeclarationText declarations,
            Changes changes,
            Duration retention,
            Scheduler clock,
            Outage outage,
            LoopGuard guard) {
        this.declared = declared;
        this.store = store;
        this.text = text;
        this.declarations = declarations;
        this.changes = changes;
        this.retention = retention;
        this.clock = clock;
        this.outage = outage;
        this.guard = guard;
    }

    /** Writes what is declared. */
    Mono<Void> declare() {
        return Flux.fromIterable(declared.values())
                .buffer(AT_A_TIME)
                .concatMap(this::declareUntilDone)
                .then();
    }

    /** Engines that start together declare the same: who comes too late looks again. */
    private Mono<Void> declareUntilDone(Collection<Schedule> some) {
        Map<String, Schedule> left = new HashMap<>();
        some.forEach(schedule -> left.put(schedule.name(), schedule));
        return Mono.defer(() -> store.look(left.keySet()))
                .flatMap(look -> {
                    List<StoredSchedule> changed = changed(left, look);
                    return changed.isEmpty() ? Mono.just(Set.<String>of()) : store.write(changed);
                })
                .doOnNext(left.keySet()::removeAll)
                .repeat(() -> !left.isEmpty())
                .then();
    }

    /** What is to be written; those that are declared as they stand are removed from {@code left}. */
    private List<StoredSchedule> changed(Map<String, Schedule> left, ScheduleLook look) {
        Map<String, StoredSchedule> stored = new HashMap<>();
        look.schedules().forEach(schedule -> stored.put(schedule.name(), schedule));
        List<StoredSchedule> changed = new ArrayList<>();
        for (Schedule schedule : List.copyOf(left.values())) {
            StoredSchedule next = next(schedule, stored.get(schedule.name()), look.now());
            if (next == null) {
                left.remove(schedule.name());
            } else {
                changed.add(next);
            }
        }
        return changed;
    }

    private @Nullable StoredSchedule next(Schedule schedule, @Nullable StoredSchedule stored, Instant now) {
        Terms terms = text.terms(schedule, now);
        Declaration declaration = new Declaration(declarations.of(schedule, terms), now, false);
        if (stored == null) {
            StoredSchedule created = changes.created(schedule.name(), terms, declaration, now);
            if (created.times().dueAt() == null) {
                log.warn("Schedule '{}' has no instant after now: {}", schedule.name(), terms.timetable());
            }
            return created;
        }
        boolean wasUndeclared = stored.times().pause() == StoredSchedule.Pause.UNDECLARED;
        StoredSchedule awake = wasUndeclared ? changes.declaredAgain(stored, now) : stored;
        Declaration before = stored.declaration();
        if (before != null && declarations.isOf(before.text(), schedule, terms)) {
            return wasUndeclared
                    ? awake.withDeclaration(new Declaration(before.text(), now, before.isOverridden()))
                    : null;
        }
        log.info("Schedule '{}' is changed to what is declared: {}", schedule.name(), terms.timetable());
        return changes.changed(awake, terms, now).withDeclaration(declaration);
    }

    void start() {
        loop.update(keepDeclared()
                .then(pruneFires())
                .then(Mono.defer(() -> Mono.delay(PAUSE.jittered(1), clock)))
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("declaring schedules", error)));
    }

    void stop() {
        loop.dispose();
    }

    private Mono<Void> keepDeclared() {
        return Mono.defer(() -> store.keepDeclared(declared.keySet(), UNDECLARED_AFTER))
                .doOnNext(paused -> {
                    if (!paused.isEmpty()) {
                        log.warn("Paused, because no engine has declared them for a day: schedules {}", paused);
                    }
                })
                .then(declareAgain())
                .onErrorResume(this::tryAgain);
    }

    /**
     * Others pause schedules of this engine if it could not say for a day that it declares them, or did so while it was
     * starting.
     */
    private Mono<Void> declareAgain() {
        return Flux.fromIterable(declared.keySet())
                .buffer(AT_A_TIME)
                .concatMap(store::look)
                .concatMap(look -> {
                    List<StoredSchedule> paused = look.schedules().stream()
                            .filter(stored -> stored.times().pause() == StoredSchedule.Pause.UNDECLARED)
                            .map(stored ->
                                    next(Objects.requireNonNull(declared.get(stored.name())), stored, look.now()))
                            .filter(Objects::nonNull)
                            .toList();
                    return paused.isEmpty() ? Mono.empty() : store.write(paused);
                })
                .doOnNext(written -> log.info("Schedules {} are declared again and go on", written))
                .then();
    }

    /** A chunk at a time, until none is left. */
    private Mono<Void> pruneFires() {
        return Mono.defer(() -> store.pruneFires(retention))
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then()
                .onErrorResume(this::tryAgain);
    }

    private Mono<Void> tryAgain(Throwable error) {
        log.atLevel(outage.isAway() ? Level.DEBUG : Level.WARN)
                .log("Upkeep of schedules failed, retrying in ten minutes: {}", ErrorText.firstLine(error));
        return Mono.empty();
    }
}
