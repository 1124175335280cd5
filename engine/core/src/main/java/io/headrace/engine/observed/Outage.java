package io.headrace.engine.observed;

import io.headrace.StoreException;
import io.headrace.UniqueKeyBusyException;
import io.headrace.engine.guard.ErrorText;
import io.headrace.observe.StoreCall;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Says that the store is away, and that it is back: a line each, however many calls fail meanwhile, and a reminder each minute.
 * It is back when every sort of call that failed has been answered. Thread-safe.
 */
public final class Outage {

    private static final Logger log = LoggerFactory.getLogger(Outage.class);

    /** Those that every engine makes again and again, so that none of them stays unanswered. */
    private static final Set<StoreCall> WATCHED = EnumSet.of(StoreCall.CLAIM, StoreCall.SETTLE, StoreCall.HEARTBEAT);

    private static final long REMINDER_MILLIS = TimeUnit.MINUTES.toMillis(1);

    private final Scheduler clock;
    private final Set<StoreCall> failing = EnumSet.noneOf(StoreCall.class);
    private volatile boolean away;
    private long sinceMillis;
    private long saidMillis;

    public Outage(Scheduler clock) {
        this.clock = clock;
    }

    /** Whether this is an error of a store that is away, which is logged here and need not be again. */
    public static boolean isOutage(Throwable error) {
        return error instanceof StoreException e && e.isPassing();
    }

    void failed(StoreCall call, Throwable error) {
        // A store that tells of a busy key is there.
        if (WATCHED.contains(call) && isOutage(error) && !(error instanceof UniqueKeyBusyException)) {
            note(call, error);
        }
    }

    private synchronized void note(StoreCall call, Throwable error) {
        failing.add(call);
        long now = clock.now(TimeUnit.MILLISECONDS);
        if (!away) {
            away = true;
            sinceMillis = now;
            saidMillis = now;
            log.warn(
                    "The store is unavailable ({} failed: {}). Outcomes are kept, and calls are retried until it"
                            + " answers",
                    call.text(),
                    ErrorText.firstLine(error),
                    error.getCause() instanceof Error thrown ? ErrorText.readable(thrown) : null);
        } else if (now - saidMillis >= REMINDER_MILLIS) {
            saidMillis = now;
            log.warn(
                    "The store has been unavailable for {} ({} failed: {})",
                    Duration.ofMillis(now - sinceMillis),
                    call.text(),
                    ErrorText.firstLine(error));
        }
    }

    public boolean isAway() {
        return away;
    }

    void answered(StoreCall call) {
        if (away) {
            heed(call);
        }
    }

    private synchronized void heed(StoreCall call) {
        if (failing.remove(call) && failing.isEmpty()) {
            away = false;
            log.info(
                    "The store is available again after {}",
                    Duration.ofMillis(clock.now(TimeUnit.MILLISECONDS) - sinceMillis));
        }
    }
}
