package io.headrace.spi;

/**
 * How much a job is suspected of killing the process that runs it: the more leases were lost with it in a row, the smaller
 * the company in which it is leased. That is how one that does is found without charging those beside it.
 */
public enum Suspicion {

    /** No lease was lost with it. */
    NONE(0),

    /** A lease was lost with it. A worker holds only some of these at a time; if it loses them, they are not charged. */
    SOME(1),

    /** Another was, while few were suspected. A worker holds one of these at a time; if it loses that, the job is charged. */
    STRONG(2);

    private final int level;

    Suspicion(int level) {
        this.level = level;
    }

    /** As stores write it: how many leases were lost with the job in a row, 2 if more. */
    public int level() {
        return level;
    }

    /**
     * The one that is written so.
     *
     * @throws IllegalArgumentException if the level is not 0 to 2
     */
    public static Suspicion ofLevel(int level) {
        return switch (level) {
            case 0 -> NONE;
            case 1 -> SOME;
            case 2 -> STRONG;
            default -> throw new IllegalArgumentException("there is no suspicion of level " + level);
        };
    }

    /** After one more lost lease. */
    public Suspicion stronger() {
        return this == NONE ? SOME : STRONG;
    }
}
