package io.headrace.spi;

/**
 * The result of a sweep.
 *
 * @param workers how many silent workers were removed
 * @param leases how many expired leases were ended
 * @param returned how many jobs are pending again
 * @param buried how many jobs became tombstones because their attempts were spent
 */
public record SweepReport(long workers, long leases, long returned, long buried) {

    /** Whether the sweep had nothing to do. */
    public boolean isIdle() {
        return workers == 0 && leases == 0;
    }
}
