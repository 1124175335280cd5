package io.headrace.spi;

import io.headrace.schedule.FireSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The schedules of a store that keeps none: nothing is ever due, and nothing can be written. */
final class NoSchedules implements ScheduleStore {

    static final ScheduleStore INSTANCE = new NoSchedules();

    private NoSchedules() {}

    @Override
    public Mono<ScheduleLook> look(Collection<String> names) {
        return refused();
    }

    @Override
    public Mono<ScheduleLook> page(String after, int most) {
        return refused();
    }

    @Override
    public Mono<Set<String>> write(List<StoredSchedule> schedules) {
        return refused();
    }

    @Override
    public Mono<Boolean> remove(String name, long version) {
        return refused();
    }

    @Override
    public Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead) {
        return Mono.just(new DueSchedules(Instant.EPOCH, List.of(), null));
    }

    @Override
    public Mono<List<Fired>> fire(List<Firing> firings, long by) {
        return refused();
    }

    @Override
    public Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most) {
        return Flux.from(refused());
    }

    @Override
    public Mono<Set<String>> keepDeclared(Set<String> names, Duration undeclaredAfter) {
        return Mono.just(Set.of());
    }

    @Override
    public Mono<Long> pruneFires(Duration retention) {
        return Mono.just(0L);
    }

    @Override
    public Flux<Boolean> changes() {
        return Flux.never();
    }

    private static <T> Mono<T> refused() {
        return Mono.error(() -> new UnsupportedOperationException("This store keeps no schedules"));
    }
}
