package io.headrace.engine.lease;

import io.headrace.RetryPolicy;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import io.headrace.spi.Suspicion;
import org.jspecify.annotations.Nullable;

/**
 * A job on its way through this engine. Whoever has it at the moment may change it; it is handed on safely. A long payload is
 * kept apart from the job, so that it can go as soon as the handler has what was made of it.
 */
public final class LeasedJob {

    /** A payload up to here stays with its job. */
    public static final long SHORT_BYTES = 2_048;

    private final ClaimedJob job;
    private volatile Lease lease;
    private final LeaseHolder holder;
    private final long claimedMillis;
    private final Suspicion suspicion;
    private @Nullable Payload payload;
    private long bytes;
    private long heldBytes;

    /**
     * @param lease the lease it is under
     * @param holder who leased it, and counts it until it is settled
     * @param claimedMillis when it came, on the engine's own clock
     * @param suspicion how much it is suspected
     */
    public LeasedJob(ClaimedJob job, Lease lease, LeaseHolder holder, long claimedMillis, Suspicion suspicion) {
        String json = job.payload();
        String headers = job.headers();
        this.bytes = json == null ? job.withheldBytes() : json.length() + (headers == null ? 0L : headers.length());
        if (json != null && bytes > SHORT_BYTES) {
            this.payload = new Payload(job.id(), bytes, json, headers);
            this.job = job.withholding(bytes);
        } else {
            this.job = job;
        }
        this.lease = lease;
        this.holder = holder;
        this.claimedMillis = claimedMillis;
        this.suspicion = suspicion;
    }

    /** Without its payload, unless that is short. */
    public ClaimedJob job() {
        return job;
    }

    public Lease lease() {
        return lease;
    }

    /** It has a lease of its own now. */
    void moveTo(Lease own) {
        lease = own;
    }

    public LeaseHolder holder() {
        return holder;
    }

    /** How many attempts it has: as many as it says itself, else as its handler's policy says. */
    public int maxAttempts(RetryPolicy policy) {
        Integer own = job.maxAttempts();
        return own == null ? policy.maxAttempts() : own;
    }

    public long claimedMillis() {
        return claimedMillis;
    }

    public Suspicion suspicion() {
        return suspicion;
    }

    public boolean hasPayload() {
        return job.payload() != null || payload != null;
    }

    /** How long its payload and headers are, or seem to be. */
    public long bytes() {
        return bytes;
    }

    /** How long they are turned out to be another. */
    public void hasBytes(long exactly) {
        bytes = exactly;
    }

    /** How much of the budget it holds until it is settled. */
    public long heldBytes() {
        return heldBytes;
    }

    public void holds(long ofBudget) {
        heldBytes = ofBudget;
    }

    public void give(Payload read) {
        payload = read;
    }

    /** Its payload, which is not kept here any longer; {@code null} if it is short, and the job has it. */
    @Nullable
    public Payload takePayload() {
        Payload taken = payload;
        payload = null;
        return taken;
    }

    /** Keeps the headers of a long payload that was taken, for what is written during its attempt. */
    public void keepHeaders(@Nullable String headers) {
        payload = new Payload(job.id(), 0, null, headers);
    }

    /** Its headers as JSON text; {@code null} if it has none, or if they went with its payload. */
    public @Nullable String headers() {
        Payload apart = payload;
        return apart == null ? job.headers() : apart.headers();
    }
}
