package io.headrace.samples.quickstart;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.samples.quickstart.Quickstart.MeasureFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the handlers have found, by job, since a job may run more than once. Safe to use from many threads. */
final class Tally {

    /**
     * A file that was handled.
     *
     * @param attempts how many it took
     */
    record Handled(Path file, FileFacts facts, int attempts) {}

    private final Map<JobId, Handled> handled = new ConcurrentHashMap<>();
    private final AtomicLong beganNanos = new AtomicLong();
    private final AtomicLong tookNanos = new AtomicLong();

    /** The engine is about to start. */
    void begin() {
        beganNanos.set(System.nanoTime());
    }

    Handled add(Job<MeasureFile> job, FileFacts facts) {
        Handled entry = new Handled(job.payload().file(), facts, job.attempt());
        handled.put(job.id(), entry);
        tookNanos.accumulateAndGet(System.nanoTime() - beganNanos.get(), Math::max);
        return entry;
    }

    boolean contains(JobId job) {
        return handled.containsKey(job);
    }

    Collection<Handled> handled() {
        return handled.values();
    }

    /** From the start of the engine until the last file was handled. */
    Duration took() {
        return Duration.ofNanos(tookNanos.get());
    }
}
