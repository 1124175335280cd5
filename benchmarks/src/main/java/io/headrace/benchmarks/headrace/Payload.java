package io.headrace.benchmarks.headrace;

import io.headrace.JobType;
import io.headrace.NewJob;

/**
 * What a job of the measurements carries: as JSON {@code {"nr":1000000000,"fill":"xxx"}}, of a length to choose.
 *
 * @param nr ten digits, so that all payloads are of one length
 */
public record Payload(long nr, String fill) {

    /** The kind of all jobs. */
    public static final JobType<Payload> TYPE = JobType.of("measured", Payload.class);

    private static final long FIRST_NR = 1_000_000_000L;
    private static final int FRAME_BYTES = "{\"nr\":1000000000,\"fill\":\"\"}".length();

    /** What makes a payload's JSON this long. */
    public static String fill(int payloadBytes) {
        return "x".repeat(Math.max(0, payloadBytes - FRAME_BYTES));
    }

    /** The job with this number, from 0 up. */
    public static NewJob<Payload> job(long sequence, String fill) {
        return TYPE.job(new Payload(FIRST_NR + sequence, fill));
    }

    /** The number that the job was made with. */
    public long sequence() {
        return nr - FIRST_NR;
    }
}
