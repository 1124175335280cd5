package io.headrace.engine.result;

import io.headrace.JobId;
import io.headrace.JobUpdate;
import io.headrace.observe.JobObserver;
import io.headrace.spi.JobEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.MonoSink;

/** A job that somebody awaits. Belongs to the events of {@link Awaits}. */
final class Awaited {

    private static final Logger log = LoggerFactory.getLogger(Awaited.class);

    private static final long NEVER = Long.MIN_VALUE;

    private final JobId id;
    private final List<Caller> callers = new ArrayList<>();
    private long registeredMillis = NEVER;
    private final Disposable.Swap watching = Disposables.swap();
    private boolean watched;
    private @Nullable JobUpdate completed;

    /**
     * One who awaits it.
     *
     * @param wantsResult whether the result is wanted; if not, the number of the last attempt is
     * @param beganNanos when it began to wait
     */
    record Caller(MonoSink<JobEnd> sink, boolean wantsResult, long beganNanos) {}

    Awaited(JobId id) {
        this.id = id;
    }

    JobId id() {
        return id;
    }

    void add(Caller caller) {
        callers.add(caller);
    }

    /** Answers whether nobody is left. */
    boolean remove(Caller caller) {
        return callers.remove(caller) && callers.isEmpty();
    }

    boolean wantsResult() {
        return callers.stream().anyMatch(Caller::wantsResult);
    }

    boolean wantsAttempt() {
        return !callers.stream().allMatch(Caller::wantsResult);
    }

    boolean isRegistered() {
        return registeredMillis != NEVER;
    }

    boolean isRegisteredBefore(long millis) {
        return isRegistered() && registeredMillis <= millis;
    }

    void registered(long nowMillis) {
        registeredMillis = nowMillis;
    }

    boolean isWatched() {
        return watched;
    }

    /** The watching is to begin, perhaps on another thread. */
    Disposable.Swap watch() {
        watched = true;
        return watching;
    }

    /** It was seen to have completed; its result is yet to be read. */
    void seenCompleted(JobUpdate update) {
        completed = update;
    }

    @Nullable
    JobUpdate completed() {
        return completed;
    }

    /** Nobody awaits it any more. */
    void leave() {
        watching.dispose();
    }

    void endWith(JobEnd end, JobObserver observer) {
        tell(caller -> {
            if (observer != JobObserver.NONE) {
                observer.awaited(end.update().state(), System.nanoTime() - caller.beganNanos());
            }
            caller.sink().success(end);
        });
    }

    void failWith(Throwable error) {
        tell(caller -> caller.sink().error(error));
    }

    /** One who throws must not keep the others from hearing of it. */
    private void tell(Consumer<Caller> signal) {
        for (Caller caller : List.copyOf(callers)) {
            try {
                signal.accept(caller);
            } catch (Throwable e) {
                log.error("A subscriber that awaits job {} threw", id, e);
            }
        }
    }
}
