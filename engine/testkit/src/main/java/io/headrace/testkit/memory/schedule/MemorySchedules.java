package io.headrace.testkit.memory.schedule;

import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.ScheduleLook;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import io.headrace.testkit.memory.enqueue.MemoryEnqueues;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Schedules;
import io.headrace.testkit.memory.places.Steps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps schedules and fires them. */
public final class MemorySchedules implements ScheduleStore {

    private final Steps steps;
    private final Contents contents;
    private final MemoryEnqueues enqueues;
    private final boolean held;

    /**
     * Keeps the schedules of the contents.
     *
     * @param held whether schedules are due only while somebody {@linkplain Steps#isIdleAwaited waits for the store to be
     *     idle}
     */
    public MemorySchedules(Steps steps, Contents contents, MemoryEnqueues enqueues, boolean held) {
        this.steps = steps;
        this.contents = contents;
        this.enqueues = enqueues;
        this.held = held;
    }

    @Override
    public Mono<ScheduleLook> look(Collection<String> names) {
        return steps.step(now -> look(
                now, names.stream().distinct().map(contents.schedules()::find).filter(Objects::nonNull)));
    }

    @Override
    public Mono<ScheduleLook> page(String after, int most) {
        return steps.step(
                now -> look(now, contents.schedules().after(after).stream().limit(most)));
    }

    private ScheduleLook look(Instant now, Stream<StoredSchedule> schedules) {
        return new ScheduleLook(
                now,
                schedules
                        .map(schedule -> Schedules.shown(schedule, contents.places()))
                        .toList());
    }

    @Override
    public Mono<Set<String>> write(List<StoredSchedule> schedules) {
        return steps.step(now -> write().write(schedules)).doOnNext(written -> announceIf(!written.isEmpty()));
    }

    @Override
    public Mono<Boolean> remove(String name, long version) {
        return steps.step(now -> write().remove(name, version)).doOnNext(this::announceIf);
    }

    @Override
    public Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead) {
        return steps.step(now -> new DueStep(contents, makes, now).run(isHeldBack() ? 0 : most, ahead));
    }

    private boolean isHeldBack() {
        return held && !steps.isIdleAwaited();
    }

    @Override
    public Mono<List<Fired>> fire(List<Firing> firings, long by) {
        return steps.step(by, now -> new FireStep(contents, enqueues, now).run(firings));
    }

    @Override
    public Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most) {
        return steps.step(now -> contents.schedules().fires().before(schedule, before, most, contents.places()))
                .flatMapIterable(fires -> fires);
    }

    @Override
    public Mono<Set<String>> keepDeclared(Set<String> names, Duration undeclaredAfter) {
        return steps.step(now -> write().keepDeclared(names, now, now.minus(undeclaredAfter)))
                .doOnNext(paused -> announceIf(!paused.isEmpty()));
    }

    @Override
    public Mono<Long> pruneFires(Duration retention) {
        return steps.step(now -> new PruneStep(contents.schedules()).run(now.minus(retention)));
    }

    @Override
    public Flux<Boolean> changes() {
        return contents.schedules().changes().listen();
    }

    private WriteStep write() {
        return new WriteStep(contents.schedules());
    }

    private void announceIf(boolean changed) {
        if (changed) {
            contents.schedules().changes().announce();
        }
    }
}
