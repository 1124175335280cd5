package io.headrace.benchmarks.requests;

/**
 * Looks for the highest rate that is kept up with: twice the rate each time until one is too high, then between the two. Used by
 * one thread.
 */
final class LimitSearch {

    private static final int FIRST = 250;
    private static final int HALVINGS = 4;

    private final int atMost;
    private int kept;
    private int tooHigh;
    private int halvings;

    /** @param atMost what is not exceeded, even if it is kept up with; requests a second */
    LimitSearch(int atMost) {
        this.atMost = atMost;
    }

    boolean isOver() {
        return kept == atMost || halvings == HALVINGS;
    }

    /** What to try. */
    int rate() {
        if (tooHigh > 0) {
            return Math.max(1, (kept + tooHigh) / 2);
        }
        return Math.min(atMost, kept == 0 ? FIRST : 2 * kept);
    }

    /** What became of {@link #rate()}. */
    void tried(boolean isKeptUpWith) {
        int rate = rate();
        halvings += tooHigh > 0 ? 1 : 0;
        if (isKeptUpWith) {
            kept = rate;
        } else {
            tooHigh = rate;
        }
    }

    /** So far; 0 if none was kept up with. */
    int limit() {
        return kept;
    }
}
