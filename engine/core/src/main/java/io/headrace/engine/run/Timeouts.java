package io.headrace.engine.run;

import io.headrace.engine.guard.LoopGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * The attempts of one kind that are under way. All have the same limit, so they time out in the order in which they began: a
 * list, from which each unlinks itself when it ends, and one timer for the first. Thread-safe.
 */
final class Timeouts {

    private final long limitNanos;
    private final Scheduler scheduler;
    private final LoopGuard guard;
    private final Disposable.Swap timer = Disposables.swap();
    private @Nullable Entry first;
    private @Nullable Entry last;
    private boolean armed;

    Timeouts(Duration limit, Scheduler scheduler, LoopGuard guard) {
        this.limitNanos = limit.toNanos();
        this.scheduler = scheduler;
        this.guard = guard;
    }

    synchronized void add(Entry entry) {
        entry.endNanos = now() + limitNanos;
        entry.linked = true;
        entry.previous = last;
        if (last == null) {
            first = entry;
        } else {
            last.next = entry;
        }
        last = entry;
        if (!armed) {
            arm(limitNanos);
        }
    }

    synchronized void remove(Entry entry) {
        if (!entry.linked) {
            return;
        }
        Entry before = entry.previous;
        Entry after = entry.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        entry.previous = null;
        entry.next = null;
        entry.linked = false;
    }

    /** The timer is not moved when the first ends: it looks who is first then, and goes on from there. */
    private void arm(long nanos) {
        armed = true;
        timer.update(scheduler.schedule(this::look, nanos, TimeUnit.NANOSECONDS));
    }

    void close() {
        timer.dispose();
    }

    private void look() {
        guard.run("timing attempts out", () -> overdue().forEach(Entry::timeOut));
    }

    private synchronized List<Entry> overdue() {
        List<Entry> overdue = new ArrayList<>();
        long now = now();
        armed = false;
        for (Entry entry = first; entry != null && !armed; entry = entry.next) {
            if (entry.endNanos - now <= 0) {
                overdue.add(entry);
            } else {
                arm(entry.endNanos - now);
            }
        }
        return overdue;
    }

    private long now() {
        // Of units this small a scheduler takes them from a clock that no one sets.
        return scheduler.now(TimeUnit.NANOSECONDS);
    }

    /** An attempt's place in the list. */
    abstract static class Entry {
        private @Nullable Entry previous;
        private @Nullable Entry next;
        private long endNanos;
        private boolean linked;

        /** Called once its limit has passed, perhaps after it has ended. */
        abstract void timeOut();
    }
}
