package io.headrace.postgres.result;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Whether somebody waits for the end of jobs, by what was heard in the last minute. While nobody does, settlements look for
 * nobody. Thread-safe.
 */
public final class AwaitingClients {

    /** Those who wait say so again three times in this time. */
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final Set<Long> own = ConcurrentHashMap.newKeySet();
    private volatile boolean heard;
    private volatile long heardAtNanos;

    public AwaitingClients() {
        this(System::nanoTime);
    }

    AwaitingClients(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A client of the engine that settles here: that engine tells it itself. */
    void isOwn(long client) {
        own.add(client);
    }

    /** A client has said that it waits. */
    public void heard(long client) {
        if (!own.contains(client)) {
            heardAtNanos = nanos.getAsLong();
            heard = true;
        }
    }

    /** Whether somebody may wait whom nobody else tells. */
    public boolean isSomebody() {
        if (heard && nanos.getAsLong() - heardAtNanos > REMEMBERED.toNanos()) {
            heard = false;
        }
        return heard;
    }

    /** The clients that are told by their engine. */
    public Long[] own() {
        return own.toArray(Long[]::new);
    }
}
