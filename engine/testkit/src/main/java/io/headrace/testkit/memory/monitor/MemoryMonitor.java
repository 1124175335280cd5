package io.headrace.testkit.memory.monitor;

import io.headrace.operate.Activity;
import io.headrace.operate.EndedFilter;
import io.headrace.operate.EndedJob;
import io.headrace.operate.EngineMark;
import io.headrace.spi.JobMonitor;
import io.headrace.spi.LiveReading;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import java.time.Duration;
import java.util.Comparator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Shows what is going on. */
public final class MemoryMonitor implements JobMonitor {

    private static final int MOST_MARKS = 1_000;

    private final Steps steps;
    private final Contents contents;

    public MemoryMonitor(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
    }

    @Override
    public Mono<LiveReading> live() {
        return steps.step(now -> new LiveStep(contents, now).read());
    }

    @Override
    public Mono<Activity> activity(Duration width, int buckets) {
        return steps.step(now -> new ActivityStep(contents.places(), width, buckets, now).count());
    }

    @Override
    public Flux<EndedJob> ended(EndedFilter filter) {
        return steps.step(now -> new EndedStep(contents.places(), now).read(filter))
                .flatMapIterable(jobs -> jobs);
    }

    @Override
    public Flux<EngineMark> marks(Duration back) {
        return steps.step(now -> contents.workers().marks().since(now.minus(back)).stream()
                        .sorted(Comparator.comparing(EngineMark::startedAt)
                                .reversed()
                                .thenComparing(EngineMark::worker))
                        .limit(MOST_MARKS)
                        .toList())
                .flatMapIterable(marks -> marks);
    }
}
