package io.headrace.schedule;

/** Finds the latest of many seconds by counting them. */
final class Latest {

    /** How many there are after {@code after} and not after {@code until}; at most one a second. */
    interface Count {
        long between(long after, long until);
    }

    private Latest() {}

    static int check(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n is negative: " + n);
        }
        return n;
    }

    /**
     * The latest second after which there are still {@code n} up to {@code until}; {@code after} if there are fewer.
     * Windows that double, then a search by halves.
     */
    static long start(int n, long after, long until, Count count) {
        long enough = until;
        long tooFew = until;
        for (long window = Math.max(n, 64L); count.between(enough, until) < n; window *= 2) {
            if (enough == after) {
                return after;
            }
            tooFew = enough;
            enough = Math.max(after, until - window);
        }
        while (tooFew - enough > 1) {
            long middle = enough + (tooFew - enough) / 2;
            if (count.between(middle, until) < n) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        return enough;
    }
}
