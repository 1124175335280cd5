package io.headrace.engine.claim;

import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One for whom the {@link Poller} looks while he sleeps, and how often. Guarded by the poller's lock. */
final class Sleeper {

    private static final int FIRST_PART = 16;

    private final PollRequest request;
    private final @Nullable Duration longest;
    private final Consumer<PollAnswer> told;
    private boolean asleep;
    private @Nullable Duration pause;
    private long lookAtMillis;

    /**
     * @param longest the time between two looks at most; {@code null} if the poller decides
     * @param told of what a look found
     */
    Sleeper(PollRequest request, @Nullable Duration longest, Consumer<PollAnswer> told) {
        this.request = request;
        this.longest = longest;
        this.told = told;
    }

    PollRequest request() {
        return request;
    }

    boolean isAsleep() {
        return asleep;
    }

    long lookAtMillis() {
        return lookAtMillis;
    }

    void wake() {
        asleep = false;
    }

    /** The next look is soon after it falls asleep. */
    void wakesSoon() {
        pause = null;
    }

    /**
     * Sleeps until a look. Each pause is twice as long as the one before, up to the longest.
     *
     * @param deemedRight the longest, unless it has one of its own
     * @param first the first, unless it has a longest of its own
     */
    void sleep(long nowMillis, double jitter, Duration deemedRight, Duration first) {
        Duration most = longest == null ? deemedRight : longest;
        Duration before = pause;
        Duration wanted = before != null ? before : longest == null ? first : longest.dividedBy(FIRST_PART);
        Duration next = wanted.compareTo(most) < 0 ? wanted : most;
        asleep = true;
        lookAtMillis = nowMillis + Math.max(1, (long) (next.toMillis() * jitter));
        pause = next.multipliedBy(2);
    }

    /** A look is no later than this, unless it wants fewer. */
    void lookWithin(long nowMillis, Duration most) {
        if (longest == null) {
            lookAtMillis = Math.min(lookAtMillis, nowMillis + most.toMillis());
            pause = most;
        }
    }

    /** Whether a look at this moment saves it one of its own soon. */
    boolean isNear(long nowMillis) {
        Duration next = pause;
        // Half of the time to go: so all come to go together, whenever each of them fell asleep.
        long slack = next == null ? 0 : next.toMillis() / 4;
        return asleep && lookAtMillis - nowMillis <= slack;
    }

    /** Whether it has slept for so long that only a wake-up was to be expected. */
    boolean reliesOnWakeUps(Duration longerThan) {
        Duration next = pause;
        return next != null && next.compareTo(longerThan.multipliedBy(4)) > 0;
    }

    void tell(PollAnswer answer) {
        told.accept(answer);
    }
}
