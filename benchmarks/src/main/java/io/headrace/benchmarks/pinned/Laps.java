package io.headrace.benchmarks.pinned;

import io.headrace.benchmarks.headrace.Countdown;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import reactor.core.publisher.Mono;

/** When each part of the jobs was handled. Thread-safe. */
final class Laps {

    private final int jobsALap;
    private final AtomicInteger handled = new AtomicInteger();
    private final AtomicLongArray ends;
    private final Countdown countdown;
    private final long began = System.nanoTime();

    /** From now on. */
    Laps(int jobsALap, int laps) {
        this.jobsALap = jobsALap;
        this.ends = new AtomicLongArray(laps);
        this.countdown = new Countdown(jobsALap * laps);
    }

    Countdown countdown() {
        return countdown;
    }

    /** A handler that does nothing: the result of one. */
    Mono<Void> one() {
        int now = handled.incrementAndGet();
        if (now % jobsALap == 0 && now / jobsALap <= ends.length()) {
            ends.set(now / jobsALap - 1, System.nanoTime());
        }
        return countdown.one();
    }

    /** Once the countdown has ended. */
    Slices slices() {
        List<Double> rates = new ArrayList<>();
        long from = began;
        for (int lap = 0; lap < ends.length(); lap++) {
            rates.add(jobsALap * 1e9 / (ends.get(lap) - from));
            from = ends.get(lap);
        }
        return new Slices(rates);
    }
}
