package io.headrace.benchmarks.faults.worker;

import io.headrace.JobType;
import java.util.List;

/**
 * What a job carries whose handler cancels others, by the client of the engine that runs it.
 *
 * @param nr as that of a {@link Grain}
 * @param role plain, always
 * @param jobs which
 */
public record Warrant(long nr, Grain.Role role, List<Long> jobs) {

    public static final JobType<Warrant> WARRANT = JobType.of("warrant", Warrant.class);

    public Warrant {
        jobs = List.copyOf(jobs);
    }

    /** For these. */
    public static Warrant of(List<Long> jobs) {
        return new Warrant(-1, Grain.Role.PLAIN, jobs);
    }

    /** The queue on which a worker works alone. */
    public static String queueOf(long pid) {
        return "worker-" + pid;
    }
}
