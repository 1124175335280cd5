package io.headrace.schedule;

import java.time.Instant;

/** The time that timetables cover, in seconds of the epoch. Nothing loops beyond it, and no arithmetic overflows in it. */
final class Bounds {

    /** The first second of the year 1, UTC. */
    static final long FIRST = -62_135_596_800L;
    /** The last second of the year 9999, UTC. */
    static final long LAST = 253_402_300_799L;

    private Bounds() {}

    /** The second that an instant is in, or the nearest that is covered; the one before the first counts as such. */
    static long second(Instant instant) {
        return Math.max(FIRST - 1, Math.min(LAST, instant.getEpochSecond()));
    }
}
