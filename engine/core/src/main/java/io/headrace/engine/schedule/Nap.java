package io.headrace.engine.schedule;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/** The sleep of one loop, which anybody may end early. Who is woken while awake does not sleep next time. Thread-safe. */
final class Nap {

    private final Scheduler scheduler;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final AtomicReference<@Nullable MonoSink<Void>> sleeper = new AtomicReference<>();

    Nap(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** What was told so far is about to be looked at. */
    void awake() {
        // One that has ended by itself must not take the next wake-up.
        sleeper.set(null);
        woken.set(false);
    }

    Mono<Void> take(Duration length) {
        return Mono.create(sink -> {
            sleeper.set(sink);
            if (woken.getAndSet(false)) {
                sink.success();
                return;
            }
            sink.onDispose(scheduler.schedule(sink::success, Math.max(0, length.toNanos()), TimeUnit.NANOSECONDS));
        });
    }

    void wake() {
        woken.set(true);
        MonoSink<Void> sleeping = sleeper.getAndSet(null);
        if (sleeping != null && woken.getAndSet(false)) {
            sleeping.success();
        }
    }
}
