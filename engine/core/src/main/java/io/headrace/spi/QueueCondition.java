package io.headrace.spi;

import io.headrace.operate.Problem;
import io.headrace.operate.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue as a diagnosis sees it. Every store judges its queues by this, so that all report the same problems.
 *
 * @param oldestDue how long the oldest due job has been waiting to be claimed; {@code null} if none waits
 * @param isServed whether a live worker works on the queue
 * @param pausedFor how long the queue has been paused; {@code null} if it is not paused
 */
public record QueueCondition(
        String queue,
        @Nullable Duration oldestDue,
        boolean isServed,
        @Nullable Duration pausedFor) {

    /** A pause of at least this length looks forgotten. */
    private static final Duration LONG_PAUSE = Duration.ofDays(1);

    /** Returns what is wrong with the queue. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (oldestDue != null && !isServed) {
            problems.add(new Problem(
                    "NO_ENGINE_ON_QUEUE",
                    Severity.ERROR,
                    "Jobs of queue '" + queue + "' have been due for " + words(oldestDue)
                            + ", and no live engine works on the queue",
                    "Start an engine with this queue. If the name is a mistake, cancel the jobs"));
        }
        if (pausedFor != null && pausedFor.compareTo(LONG_PAUSE) >= 0) {
            problems.add(new Problem(
                    "QUEUE_PAUSED",
                    Severity.WARNING,
                    "Queue '" + queue + "' has been paused for " + words(pausedFor),
                    "Resume it, unless it is meant to stay paused: headrace queue resume " + queue));
        }
        return problems;
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 0) {
            return duration.toDays() + " d " + duration.toHoursPart() + " h";
        }
        if (duration.toHours() > 0) {
            return duration.toHours() + " h " + duration.toMinutesPart() + " min";
        }
        return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : Math.max(0, duration.toSeconds()) + " s";
    }
}
