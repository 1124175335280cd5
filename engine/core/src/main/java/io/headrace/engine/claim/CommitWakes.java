package io.headrace.engine.claim;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/**
 * Wakes queues for jobs whose transactions were committed: at once, but then not again for a while, so that those of many small
 * transactions are claimed, and mostly settled, together. Thread-safe.
 */
public final class CommitWakes {

    static final Duration APART = Duration.ofMillis(10);

    private final Consumer<String> wake;
    private final Scheduler scheduler;
    private final Map<String, Turns> queues = new ConcurrentHashMap<>();

    public CommitWakes(Consumer<String> wake, Scheduler scheduler) {
        this.wake = wake;
        this.scheduler = scheduler;
    }

    /** A transaction that enqueued to this queue, which is one of the engine's, has been committed. */
    public void committed(String queue) {
        queues.computeIfAbsent(queue, Turns::new).committed();
    }

    private enum State {
        IDLE,
        /** Woken a moment ago. */
        WOKEN,
        /** Woken a moment ago, and to be woken again when that has passed. */
        WANTED
    }

    private final class Turns {

        private final String queue;
        private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

        Turns(String queue) {
            this.queue = queue;
        }

        void committed() {
            State before = state.getAndUpdate(now -> now == State.IDLE ? State.WOKEN : State.WANTED);
            if (before == State.IDLE) {
                wakeNow();
            }
        }

        private void wakeNow() {
            wake.accept(queue);
            try {
                scheduler.schedule(this::passed, APART.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The engine has stopped; whoever commits has nothing to do with that.
                state.set(State.IDLE);
            }
        }

        private void passed() {
            State before = state.getAndUpdate(now -> now == State.WANTED ? State.WOKEN : State.IDLE);
            if (before == State.WANTED) {
                wakeNow();
            }
        }
    }
}
