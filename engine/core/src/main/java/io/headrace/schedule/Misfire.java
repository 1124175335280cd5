package io.headrace.schedule;

/**
 * What happens with instants that were missed: no engine ran, or none reached the database, and at least one instant is
 * more than ten seconds late. Instants that are late by less all fire.
 *
 * @param most how many of the missed instants fire, the latest ones. The others are passed over, and counted
 */
public record Misfire(int most) {

    /** The largest value of {@link #all}. */
    public static final int LARGEST_CAP = 1_000;

    /** The latest missed instant fires. The default. */
    public static final Misfire ONCE = new Misfire(1);

    /** No missed instant fires. */
    public static final Misfire SKIP = new Misfire(0);

    /**
     * Checks the number.
     *
     * @throws InvalidScheduleException if it is outside 0 to 1,000
     */
    public Misfire {
        if (most < 0 || most > LARGEST_CAP) {
            throw new InvalidScheduleException(null, "misfire", most + " is outside 0 to " + LARGEST_CAP);
        }
    }

    /**
     * All missed instants fire, but at most this many, the latest ones.
     *
     * @throws InvalidScheduleException if the cap is outside 1 to 1,000
     */
    public static Misfire all(int cap) {
        if (cap < 1) {
            throw new InvalidScheduleException(
                    null, "misfire", "a cap of " + cap + " is under 1. Use SKIP to fire no missed instant");
        }
        return new Misfire(cap);
    }

    /** Returns {@code SKIP}, {@code ONCE} or {@code ALL(cap)}. */
    @Override
    public String toString() {
        return switch (most) {
            case 0 -> "SKIP";
            case 1 -> "ONCE";
            default -> "ALL(" + most + ")";
        };
    }
}
