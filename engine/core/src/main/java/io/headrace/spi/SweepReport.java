package io.headrace.spi;

/**
 * What a sweep did.
 *
 * @param workers how many silent workers were forgotten
 * @param leases how many leases were dissolved
 * @param returned how many jobs went back to pending
 * @param buried how many ended as tombstones, their attempts spent
 */
public record SweepReport(long workers, long leases, long returned, long buried) {

    /** Whether there was nothing to do. */
    public boolean isIdle() {
        return workers == 0 && leases == 0;
    }
}
