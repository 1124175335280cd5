package io.headrace.engine.schedule;

import io.headrace.Backoff;
import io.headrace.JobId;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.observed.Outage;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Looks for schedules that are due, fires them, and sleeps until the next is. Every engine has such a loop, and none leads:
 * whoever fires first has fired. An engine that came too late the last time gives the others a head start the next time, so
 * that usually one of them does the work and the rest look after it.
 */
final class FireLoop {

    private static final Logger log = LoggerFactory.getLogger(FireLoop.class);

    /** How many due schedules are read at a time. */
    static final int MOST_DUE = 512;

    /** How many fires are worked out at a time: each of the schedules may have missed a thousand. */
    private static final int MOST_SHOTS = 10_000;

    /** How long it sleeps if it knows of nothing: changes wake it, and one of them may get lost. */
    static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);

    /** How long before the next instant it looks, so that all is ready when that comes. */
    private static final Duration AHEAD = Duration.ofMillis(20);

    private static final Duration HEAD_START = Duration.ofMillis(50);
    /** Somebody else fires, and may die in the middle; or holds a lock on the row for whatever reason. */
    private static final Backoff NOTHING_WON = Backoff.exponential(Duration.ofMillis(20), 2, Duration.ofMillis(100))
            .jitter(0.2);

    private static final Duration UNREADABLE = Duration.ofSeconds(1);
    private static final Backoff STORE_AWAY = Backoff.exponential(Duration.ofMillis(100), 2, Duration.ofSeconds(5))
            .jitter(0.2);

    private final ScheduleStore store;
    private final ShotMaker maker;
    private final Timetables timetables;
    private final FireFlush flush;
    private final ScheduleHost host;
    private final LoopGuard guard;
    private final Nap nap;
    private final Disposable.Swap loop = Disposables.swap();
    private final Disposable.Swap changes = Disposables.swap();
    private int failures;
    private int losses;
    private boolean givesHeadStart;
    private @Nullable Instant awaited;
    private final Set<String> unreadable = new HashSet<>();

    FireLoop(
            ScheduleStore store,
            ShotMaker maker,
            Timetables timetables,
            FireFlush flush,
            ScheduleHost host,
            LoopGuard guard) {
        this.store = store;
        this.maker = maker;
        this.timetables = timetables;
        this.flush = flush;
        this.host = host;
        this.guard = guard;
        this.nap = new Nap(host.clock());
    }

    void start() {
        changes.update(store.changes()
                .subscribe(changed -> nap.wake(), error -> guard.broke("listening for schedules", error)));
        loop.update(Mono.defer(this::turn)
                .onErrorResume(this::failed)
                .flatMap(nap::take)
                .repeat()
                .subscribe(nothing -> {}, error -> guard.broke("firing schedules", error)));
    }

    void stop() {
        changes.dispose();
        loop.dispose();
    }

    /** Looks once and fires what is due; answers how long to sleep. */
    private Mono<Duration> turn() {
        nap.awake();
        return store.due(maker.makes(), MOST_DUE, AHEAD)
                .publishOn(host.planning())
                .flatMap(due -> turn(due, nanos()));
    }

    private Mono<Duration> turn(DueSchedules due, long readAt) {
        if (due.schedules().isEmpty()) {
            failures = 0;
            losses = 0;
            // If something was to be due by now, somebody else was there first.
            givesHeadStart |= awaited != null && !due.now().isBefore(awaited);
            return Mono.fromSupplier(() -> untilNext(due, due.next(), readAt));
        }
        Together together = Together.of(due);
        if (together.schedules().isEmpty()) {
            return Mono.fromSupplier(() -> untilNext(due, together.next(), readAt));
        }
        List<FirePlan> plans = plans(together, due.now(), readAt);
        if (plans.isEmpty()) {
            return Mono.just(UNREADABLE);
        }
        return cancelled(plans)
                .then(Mono.defer(() -> waitUntil(together.at(), due, readAt)))
                .then(Mono.defer(() -> flush.fire(plans)))
                .map(won -> afterFiring(due, together, plans, won, readAt));
    }

    private Mono<Void> waitUntil(Instant at, DueSchedules due, long readAt) {
        Duration left = left(due, at, readAt);
        return left.isZero() || left.isNegative()
                ? Mono.empty()
                : Mono.delay(left, host.clock()).publishOn(host.planning()).then();
    }

    private List<FirePlan> plans(Together together, Instant now, long readAt) {
        List<FirePlan> plans = new ArrayList<>(together.schedules().size());
        int shots = 0;
        for (StoredSchedule schedule : together.schedules()) {
            if (shots >= MOST_SHOTS) {
                break;
            }
            try {
                FirePlan plan = FirePlan.of(schedule, together.at(), timetables, maker, new FirePlan.Read(now, readAt));
                plans.add(plan);
                shots += plan.firing().shots().size();
            } catch (RuntimeException e) {
                tellUnreadable(schedule, e);
            }
        }
        return plans;
    }

    /** A newer version may have written it; that version's engines fire it. */
    private void tellUnreadable(StoredSchedule schedule, RuntimeException error) {
        if (unreadable.add(schedule.name())) {
            log.warn(
                    "Schedule '{}' cannot be fired here: its timetable '{}' in zone {} cannot be read: {}",
                    schedule.name(),
                    schedule.terms().timetable(),
                    schedule.terms().zone(),
                    ErrorText.firstLine(error));
        }
    }

    private Mono<Void> cancelled(List<FirePlan> plans) {
        return Flux.fromIterable(plans)
                .filter(FirePlan::cancels)
                .concatMap(plan -> host.cancel()
                        .apply(new JobId(
                                Objects.requireNonNull(plan.schedule().history().lastJob()))))
                .then();
    }

    private Duration afterFiring(DueSchedules due, Together together, List<FirePlan> plans, int won, long readAt) {
        failures = 0;
        givesHeadStart = won == 0;
        if (won == 0) {
            return shorter(NOTHING_WON.jittered(++losses), untilNext(due, together.next(), readAt));
        }
        losses = 0;
        if (won < plans.size() || due.schedules().size() == MOST_DUE || shots(plans) >= MOST_SHOTS) {
            return Duration.ZERO;
        }
        Instant next = together.next();
        for (FirePlan plan : plans) {
            Instant own = plan.firing().nextAt();
            next = next == null || (own != null && own.isBefore(next)) ? own : next;
        }
        return untilNext(due, next, readAt);
    }

    private Duration untilNext(DueSchedules due, @Nullable Instant next, long readAt) {
        awaited = next;
        if (next == null) {
            return LONGEST_SLEEP;
        }
        Duration until = left(due, next, readAt);
        if (givesHeadStart) {
            until = until.plusNanos(
                    HEAD_START.toNanos() + ThreadLocalRandom.current().nextLong(HEAD_START.toNanos()));
        } else if (until.compareTo(AHEAD) > 0) {
            until = until.minus(AHEAD);
        }
        return shorter(until, LONGEST_SLEEP);
    }

    /** How long it is until then, by the store's clock as it was at the look. */
    private Duration left(DueSchedules due, Instant then, long readAt) {
        return Duration.between(due.now(), then).minusNanos(nanos() - readAt);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static int shots(List<FirePlan> plans) {
        return plans.stream().mapToInt(plan -> plan.firing().shots().size()).sum();
    }

    private long nanos() {
        return host.clock().now(TimeUnit.NANOSECONDS);
    }

    private Mono<Duration> failed(Throwable error) {
        Duration pause = STORE_AWAY.jittered(++failures);
        log.atLevel(Outage.isOutage(error) ? Level.DEBUG : Level.WARN)
                .log("Firing schedules failed, retrying in {}: {}", pause, ErrorText.firstLine(error));
        return Mono.just(pause);
    }
}
