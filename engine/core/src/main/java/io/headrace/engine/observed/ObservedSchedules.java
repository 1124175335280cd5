package io.headrace.engine.observed;

import io.headrace.observe.StoreCall;
import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.ScheduleLook;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Schedules of which an observer is told when they are looked for and fired. */
record ObservedSchedules(ScheduleStore schedules, ObservedCalls calls) implements ScheduleStore {

    @Override
    public Mono<ScheduleLook> look(Collection<String> names) {
        return schedules.look(names);
    }

    @Override
    public Mono<ScheduleLook> page(String after, int most) {
        return schedules.page(after, most);
    }

    @Override
    public Mono<Set<String>> write(List<StoredSchedule> some) {
        return schedules.write(some);
    }

    @Override
    public Mono<Boolean> remove(String name, long version) {
        return schedules.remove(name, version);
    }

    @Override
    public Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead) {
        return calls.told(
                StoreCall.DUE,
                () -> schedules.due(makes, most, ahead),
                due -> due.schedules().size());
    }

    @Override
    public Mono<List<Fired>> fire(List<Firing> firings, long by) {
        return calls.told(
                StoreCall.FIRE,
                () -> schedules.fire(firings, by),
                fired -> fired.stream().mapToLong(one -> one.jobs().size()).sum());
    }

    @Override
    public Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most) {
        return schedules.fires(schedule, before, most);
    }

    @Override
    public Mono<Set<String>> keepDeclared(Set<String> names, Duration undeclaredAfter) {
        return schedules.keepDeclared(names, undeclaredAfter);
    }

    @Override
    public Mono<Long> pruneFires(Duration retention) {
        return schedules.pruneFires(retention);
    }

    @Override
    public Flux<Boolean> changes() {
        return schedules.changes();
    }
}
