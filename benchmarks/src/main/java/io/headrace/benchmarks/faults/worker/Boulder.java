package io.headrace.benchmarks.faults.worker;

import io.headrace.JobType;

/**
 * What a large job carries.
 *
 * @param nr as that of a {@link Grain}
 * @param role plain, always
 * @param freight what makes it large
 */
public record Boulder(long nr, Grain.Role role, String freight) {

    public static final JobType<Boulder> BOULDER = JobType.of("boulder", Boulder.class);

    /** Of this size or a little more. */
    public static Boulder of(int characters) {
        return new Boulder(-1, Grain.Role.PLAIN, "boulder ".repeat(characters / 8));
    }
}
