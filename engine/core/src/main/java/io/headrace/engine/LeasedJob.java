package io.headrace.engine;

import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import io.headrace.spi.Suspicion;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way through this engine. Whoever has it at the moment may change it; it is handed on safely. A long payload is
 * kept apart from the job, so that it can go as soon as the handler has what was made of it.
 */
final class LeasedJob {

    private final ClaimedJob job;
    private final Lease lease;
    private final JobClaimer claimer;
    private final long claimedMillis;
    private final Suspicion suspicion;
    private @Nullable Payload payload;
    private long bytes;
    private long heldBytes;

    /**
     * @param lease the lease it is under
     * @param claimer who leased it, and counts it until it is settled
     * @param claimedMillis when it came, on the engine's own clock
     * @param suspicion how much it is suspected
     */
    LeasedJob(ClaimedJob job, Lease lease, JobClaimer claimer, long claimedMillis, Suspicion suspicion) {
        String json = job.payload();
        String headers = job.headers();
        this.bytes = json == null ? job.withheldBytes() : json.length() + (headers == null ? 0L : headers.length());
        if (json != null && bytes > PayloadBudget.SHORT) {
            this.payload = new Payload(job.id(), bytes, json, headers);
            this.job = job.withholding(bytes);
        } else {
            this.job = job;
        }
        this.lease = lease;
        this.claimer = claimer;
        this.claimedMillis = claimedMillis;
        this.suspicion = suspicion;
    }

    /** Without its payload, unless that is short. */
    ClaimedJob job() {
        return job;
    }

    Lease lease() {
        return lease;
    }

    JobClaimer claimer() {
        return claimer;
    }

    long claimedMillis() {
        return claimedMillis;
    }

    Suspicion suspicion() {
        return suspicion;
    }

    boolean hasPayload() {
        return job.payload() != null || payload != null;
    }

    /** How long its payload and headers are, or seem to be. */
    long bytes() {
        return bytes;
    }

    /** How long they are turned out to be another. */
    void hasBytes(long exactly) {
        bytes = exactly;
    }

    /** How much of the budget it holds until it is settled. */
    long heldBytes() {
        return heldBytes;
    }

    void holds(long ofBudget) {
        heldBytes = ofBudget;
    }

    void give(Payload read) {
        payload = read;
    }

    /** Its payload, which is not kept here any longer; {@code null} if it is short, and the job has it. */
    @Nullable
    Payload takePayload() {
        Payload taken = payload;
        payload = null;
        return taken;
    }
}
