package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.latency.Latencies;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * The rate at which requests begin to queue: the highest at which half of them are answered in time. Endpoints are asked in
 * turns, each at the rate that it has got to.
 *
 * @param step for how long a rate is tried
 * @param atMost requests a second; 0 to leave it out
 */
record Limits(Duration step, int atMost) {

    /** At one more than can be answered, requests wait longer and longer; otherwise for a few milliseconds. */
    private static final Duration IN_TIME = Duration.ofMillis(50);

    private static final double HALF = 50;
    private static final int CHANCES = 2;
    private static final int TRIES = 12;

    /** Asks an endpoint so many times at a rate, and waits until nothing of it is left. */
    interface Asking {
        Histogram ask(Endpoint endpoint, int rate, int requests) throws InterruptedException;
    }

    /** About as many as are made. */
    int steps() {
        return atMost > 0 ? Endpoint.values().length * TRIES : 0;
    }

    /** In requests a second; empty if it is left out. */
    Map<Endpoint, Integer> find(Asking asking) throws InterruptedException {
        Map<Endpoint, Integer> limits = new EnumMap<>(Endpoint.class);
        if (atMost == 0) {
            return limits;
        }
        Map<Endpoint, LimitSearch> searches = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            searches.put(endpoint, new LimitSearch(atMost));
        }
        while (!searches.values().stream().allMatch(LimitSearch::isOver)) {
            for (Map.Entry<Endpoint, LimitSearch> each : searches.entrySet()) {
                LimitSearch search = each.getValue();
                if (!search.isOver()) {
                    search.tried(isKeptUpWith(asking, each.getKey(), search.rate()));
                }
            }
        }
        searches.forEach((endpoint, search) -> limits.put(endpoint, search.limit()));
        return limits;
    }

    /** Tries more than once, since a machine may halt for a moment at any rate. */
    private boolean isKeptUpWith(Asking asking, Endpoint endpoint, int rate) throws InterruptedException {
        int requests = (int) Math.max(1, rate * step.toMillis() / 1_000);
        for (int chance = 0; chance < CHANCES; chance++) {
            if (Latencies.at(asking.ask(endpoint, rate, requests), HALF) <= IN_TIME.toMillis()) {
                return true;
            }
        }
        return false;
    }
}
