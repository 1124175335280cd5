package io.headrace.benchmarks.contender;

import java.time.Duration;
import java.util.Optional;

/** A queue that can do the work of a comparison: enqueue and drain no-op jobs. One object a run; blocking calls. */
@SuppressWarnings("try") // closing may fail in any way
public interface Contender extends AutoCloseable {

    /** As in metric names: "headrace", "db_scheduler", "jobrunr", "textbook_r2dbc", "floor". */
    String name();

    /** Makes its tables in the empty database of the server and opens its connections. Runs nothing yet. */
    void open(ContenderSettings settings) throws Exception;

    /** Whether another process may {@link #join} it, on the tables that this one has made. */
    default boolean sharesTables() {
        return false;
    }

    /** As {@link #open}, where the tables are there: only opens its connections. */
    default void join(ContenderSettings settings) throws Exception {
        throw new UnsupportedOperationException(name() + " does not share its tables");
    }

    /** Enqueues this many jobs in bulk, at its fastest documented way; returns when all are durable. */
    void enqueueBulk(int jobs) throws Exception;

    /** Enqueues this many jobs one by one from many concurrent callers; returns when all are durable. */
    void enqueueSingle(int jobs) throws Exception;

    /**
     * Runs until this many jobs were handled by a no-op handler and their outcome is recorded; returns then. Starts and
     * stops its workers.
     */
    void drain(int jobs) throws Exception;

    /**
     * How long the last {@link #drain} took from the start of its workers to the last outcome, for those whose workers take
     * their time to stop; empty to have the whole call count.
     */
    default Optional<Duration> drained() {
        return Optional.empty();
    }

    /** Whether it can be measured for latency; the methods below are not called otherwise. */
    default boolean hasLatency() {
        return true;
    }

    /**
     * Starts workers that run until {@link #stopLatency}; each handled job is reported to the probe when its handler
     * starts, those of {@link #enqueueBulk} too.
     */
    void startLatency(LatencyProbe probe) throws Exception;

    /** Enqueues one job for latency and returns when durable (called at a rate by the harness, from several threads). */
    void enqueueForLatency(long sequence) throws Exception;

    /** Stops what {@link #startLatency} started. */
    void stopLatency() throws Exception;

    @Override
    void close() throws Exception;
}
