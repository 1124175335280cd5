package io.headrace.engine.schedule;

import io.headrace.InvalidJobException;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Hands plans to the store, as many as a statement may hold, and tells of those that took place. Thread-safe. */
final class FireFlush {

    private static final Logger log = LoggerFactory.getLogger(FireFlush.class);

    private static final int MOST_SHOTS = 1_000;

    private final ScheduleStore store;
    private final ScheduleHost host;

    FireFlush(ScheduleStore store, ScheduleHost host) {
        this.store = store;
        this.host = host;
    }

    /** Fires; answers how many of the plans took place. The others are somebody else's by now. */
    Mono<Integer> fire(List<FirePlan> plans) {
        return Flux.fromIterable(flushes(plans)).concatMap(this::flush).reduce(0, Integer::sum);
    }

    /** Fires one; empty if it is somebody else's by now. */
    Mono<Fired> fireOne(FirePlan plan) {
        return fireAll(List.of(plan)).flatMap(fired -> fired.isEmpty() ? Mono.empty() : Mono.just(fired.get(0)));
    }

    private static List<List<FirePlan>> flushes(List<FirePlan> plans) {
        List<List<FirePlan>> flushes = new ArrayList<>(1);
        List<FirePlan> flush = new ArrayList<>(plans.size());
        int shots = 0;
        for (FirePlan plan : plans) {
            int more = plan.firing().shots().size();
            if (shots + more > MOST_SHOTS && !flush.isEmpty()) {
                flushes.add(flush);
                flush = new ArrayList<>();
                shots = 0;
            }
            flush.add(plan);
            shots += more;
        }
        flushes.add(flush);
        return flushes;
    }

    private Mono<Integer> flush(List<FirePlan> plans) {
        return fireAll(plans)
                .map(List::size)
                .onErrorResume(InvalidJobException.class, refused -> apart(plans, refused));
    }

    /** The store refuses a job: the others are not to suffer for it. */
    private Mono<Integer> apart(List<FirePlan> plans, InvalidJobException refused) {
        if (plans.size() == 1) {
            return fireAll(List.of(plans.get(0).refused(refused))).map(List::size);
        }
        return Flux.fromIterable(plans).concatMap(plan -> flush(List.of(plan))).reduce(0, Integer::sum);
    }

    private Mono<List<Fired>> fireAll(List<FirePlan> plans) {
        return store.fire(
                        plans.stream().map(FirePlan::firing).toList(),
                        host.worker().getAsLong())
                .doOnNext(fired -> tell(plans, fired));
    }

    private void tell(List<FirePlan> plans, List<Fired> fired) {
        Map<String, FirePlan> byName = new HashMap<>();
        plans.forEach(plan -> byName.put(plan.firing().name(), plan));
        Set<String> queues = new HashSet<>();
        for (Fired one : fired) {
            FirePlan plan = byName.get(one.name());
            if (plan != null) {
                tell(plan.firing(), plan, one, queues);
            }
        }
        queues.forEach(host.enqueued());
    }

    private void tell(Firing firing, FirePlan plan, Fired fired, Set<String> queues) {
        String kind = plan.schedule().terms().job().kind();
        if (firing.passedOver() > 0) {
            log.info(
                    "Schedule '{}' missed its instants from {} on: {} of them were passed over",
                    firing.name(),
                    plan.schedule().times().dueAt(),
                    firing.passedOver());
            host.observer().missed(kind, firing.passedOver());
        }
        for (Shot shot : firing.shots()) {
            if (fired.recorded().contains(shot.at())) {
                tell(firing.name(), kind, shot, plan);
                if (shot.job() != null) {
                    queues.add(shot.job().queue());
                }
            }
        }
    }

    private void tell(String schedule, String kind, Shot shot, FirePlan plan) {
        if (shot.outcome() == FireOutcome.FAILED) {
            log.warn("Schedule '{}' fired for {} without a job: {}", schedule, shot.at(), shot.problem());
        }
        host.observer().fired(kind, shot.cause(), shot.outcome(), lag(plan, shot));
    }

    /** By the store's clock: how late the fire is on record. What has waited, or was not due, is not late. */
    private Duration lag(FirePlan plan, Shot shot) {
        StoredSchedule.Waiting waited = plan.schedule().times().waiting();
        if (shot.cause() != FireCause.DUE || (waited != null && waited.at().equals(shot.at()))) {
            return Duration.ZERO;
        }
        Duration lag = Duration.between(
                Timetables.withJitter(plan.schedule(), shot.at()),
                plan.read().now(host.clock().now(TimeUnit.NANOSECONDS)));
        return lag.isNegative() ? Duration.ZERO : lag;
    }
}
