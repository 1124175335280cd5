package io.headrace.benchmarks.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** How many jobs complete, looked at every half second. A look that fails, because the server is away, is left out. */
final class Throughput implements AutoCloseable {

    private static final Duration WINDOW = Duration.ofMillis(500);
    private static final int KEPT = 240;

    private final Deque<Window> windows = new ArrayDeque<>();
    private final Scheduler scheduler = Schedulers.newBoundedElastic(1, 16, "throughput", 60, true);
    private final Disposable looking;
    private final LongSupplier completed;
    private long lastNanos;
    private long lastCompleted = -1;

    /** Between two looks. */
    record Window(long beganNanos, long endedNanos, double jobsPerSecond) {}

    Throughput(LongSupplier completed) {
        this.completed = completed;
        this.looking = Flux.interval(WINDOW, scheduler).onBackpressureDrop().subscribe(tick -> look());
    }

    private void look() {
        try {
            long count = completed.getAsLong();
            add(System.nanoTime(), count);
        } catch (RuntimeException e) {
            // the next look spans this one too
        }
    }

    private synchronized void add(long now, long count) {
        if (lastCompleted >= 0) {
            windows.addLast(new Window(lastNanos, now, (count - lastCompleted) * 1e9 / (now - lastNanos)));
            if (windows.size() > KEPT) {
                windows.removeFirst();
            }
        }
        lastNanos = now;
        lastCompleted = count;
    }

    synchronized long total() {
        return Math.max(0, lastCompleted);
    }

    /** The median of the last windows, in jobs a second; 0 if there are none. */
    synchronized double level(int lastWindows) {
        List<Double> rates = windows.stream()
                .skip(Math.max(0, windows.size() - lastWindows))
                .map(Window::jobsPerSecond)
                .sorted()
                .toList();
        return rates.isEmpty() ? 0 : rates.get(rates.size() / 2);
    }

    /** The last windows, the oldest first, in whole jobs a second. */
    synchronized List<Long> last(int lastWindows) {
        return windows.stream()
                .skip(Math.max(0, windows.size() - lastWindows))
                .map(window -> Math.round(window.jobsPerSecond()))
                .toList();
    }

    /** Seconds from this moment until the end of the first window after it that reached the level; -1 if none has. */
    synchronized double secondsUntil(double level, long fromNanos) {
        return windows.stream()
                .filter(window -> window.beganNanos >= fromNanos && window.jobsPerSecond >= level)
                .mapToDouble(window -> (window.endedNanos - fromNanos) / 1e9)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void close() {
        looking.dispose();
        scheduler.dispose();
    }
}
