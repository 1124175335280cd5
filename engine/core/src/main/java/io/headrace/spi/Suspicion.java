package io.headrace.spi;

/**
 * How strongly a job is suspected of killing the process that runs it. The more leases were lost with it in a row, the
 * fewer jobs are leased together with it. This identifies a job that kills its process without charging the jobs beside
 * it.
 */
public enum Suspicion {

    /** No lease was lost with the job. */
    NONE(0),

    /**
     * A lease was lost with the job. A worker leases only some of these at a time. If it loses them, they are not
     * charged.
     */
    SOME(1),

    /**
     * Another lease was lost with the job, while few jobs were suspected. A worker leases one of these at a time. If it
     * loses the lease, the job is charged.
     */
    STRONG(2);

    private final int level;

    Suspicion(int level) {
        this.level = level;
    }

    /** Returns the level as stored: how many leases were lost with the job in a row, at most 2. */
    public int level() {
        return level;
    }

    /**
     * Returns the suspicion of a stored level.
     *
     * @throws IllegalArgumentException if the level is not between 0 and 2
     */
    public static Suspicion ofLevel(int level) {
        return switch (level) {
            case 0 -> NONE;
            case 1 -> SOME;
            case 2 -> STRONG;
            default -> throw new IllegalArgumentException("unknown suspicion level " + level);
        };
    }

    /** Returns the suspicion after one more lost lease. */
    public Suspicion stronger() {
        return this == NONE ? SOME : STRONG;
    }
}
