package io.headrace.benchmarks.tombstones;

import io.headrace.JobType;
import io.headrace.NewJob;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A payload of about 67 bytes.
 *
 * @param number which one
 * @param way where it leads
 */
record Errand(int number, String way) {

    /** Works. */
    static final JobType<Errand> GRAIN = JobType.of("grain", Errand.class);
    /** Fails, and is retried. */
    static final JobType<Errand> HUSK = JobType.of("husk", Errand.class);
    /** Fails, and is forgotten. */
    static final JobType<Errand> CHAFF = JobType.of("chaff", Errand.class);

    private static final String WAY = "from the mill to the market and back again";

    static Stream<NewJob<Errand>> jobs(JobType<Errand> type, int count) {
        return IntStream.range(0, count).mapToObj(number -> type.job(new Errand(number, WAY)));
    }
}
