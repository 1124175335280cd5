package io.headrace.spi;

/**
 * The result of a sweep.
 *
 * @param workers how many silent workers were removed
 * @param leases how many expired leases were ended
 * @param returned how many jobs are pending again
 * @param buried how many jobs became tombstones because their attempts were spent
 * @param hasOrphans whether a bulk operation has lost its process, see {@link BulkStore#takeOver}
 */
public record SweepReport(long workers, long leases, long returned, long buried, boolean hasOrphans) {

    /** Creates a report of a sweep that found no such operation. */
    public SweepReport(long workers, long leases, long returned, long buried) {
        this(workers, leases, returned, buried, false);
    }

    /** Whether the sweep had nothing to do itself. */
    public boolean isIdle() {
        return workers == 0 && leases == 0;
    }
}
