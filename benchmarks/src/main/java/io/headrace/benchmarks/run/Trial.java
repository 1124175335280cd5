package io.headrace.benchmarks.run;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.server.FreshDatabase;
import java.time.Duration;

/** A contender, open in a database of its own; closing ends both. */
public record Trial<C extends Contender>(FreshDatabase database, C contender) implements AutoCloseable {

    /** Something that is timed. */
    public interface Work {
        void run() throws Exception;
    }

    /** Jobs a second. */
    public static double rate(int jobs, Work work) throws Exception {
        return jobs / seconds(work);
    }

    /** How long it takes. */
    public static double seconds(Work work) throws Exception {
        long began = System.nanoTime();
        work.run();
        return Waiting.secondsSince(began);
    }

    /** Drains so many jobs; jobs a second. */
    public double drainRate(int jobs) throws Exception {
        double whole = rate(jobs, () -> contender.drain(jobs));
        return contender
                .drained()
                .map(Duration::toNanos)
                .map(nanos -> jobs * 1e9 / nanos)
                .orElse(whole);
    }

    /**
     * Closes the contender and drops the database.
     *
     * @throws IllegalStateException if the contender does not close; the database is dropped all the same
     */
    @Override
    public void close() {
        try (database) {
            contender.close();
        } catch (Exception e) {
            throw new IllegalStateException(contender.name() + " does not close: " + e.getMessage(), e);
        }
    }
}
