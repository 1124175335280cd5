package io.headrace.engine.monitor;

import io.headrace.operate.Forecast;
import io.headrace.operate.Outlook;
import io.headrace.spi.LiveReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How the depth of one queue changes, and from that, when no job of it will be due. Depths may be estimates, and jobs come and go
 * in sets: what counts is a line through the readings of the last seconds, and a reading that contradicts those before it
 * changes the outlook only if the next one agrees. Not thread-safe.
 */
final class QueueTrend {

    private static final Duration WINDOW = Duration.ofSeconds(20);

    /** Without a reading for so long, nobody knows what happened meanwhile. */
    private static final Duration GAP = Duration.ofSeconds(10);

    private static final int FEWEST = 3;

    /** Waiting for less than this is how a queue looks whose jobs are run as they come. */
    private static final double SECONDS_OF_A_QUEUE_THAT_KEEPS_UP = 5;

    private static final double MOST_SECONDS = Duration.ofDays(30).toSeconds();

    private final Deque<Line.Point> points = new ArrayDeque<>();
    private Instant begun = Instant.EPOCH;
    private @Nullable Instant latest;
    private @Nullable Forecast shown;
    private boolean isContradicted;

    /** The forecast after one more reading. */
    Forecast after(Instant at, LiveReading.Queue queue) {
        long due = queue.depth().due();
        if (queue.isPaused() || due == 0) {
            forget();
            return Forecast.of(queue.isPaused() ? Outlook.PAUSED : Outlook.EMPTY);
        }
        if (latest == null || !latest.isBefore(at) || latest.plus(GAP).isBefore(at)) {
            forget();
            begun = at;
        }
        double passed = latest == null ? 0 : seconds(latest, at);
        latest = at;
        add(new Line.Point(seconds(begun, at), due + queue.depth().leased()));
        if (points.size() < FEWEST) {
            return Forecast.of(Outlook.UNKNOWN);
        }
        return show(expected(due, queue), passed);
    }

    private void forget() {
        points.clear();
        latest = null;
        shown = null;
        isContradicted = false;
    }

    private void add(Line.Point point) {
        points.addLast(point);
        while (points.getFirst().x() < point.x() - WINDOW.toSeconds()) {
            points.removeFirst();
        }
    }

    private Forecast expected(long due, LiveReading.Queue queue) {
        double ended = due / (queue.completedPerSecond() + queue.failedPerSecond());
        if (ended <= SECONDS_OF_A_QUEUE_THAT_KEEPS_UP) {
            return emptyIn(ended);
        }
        Line line = Line.through(points);
        double left = due / -line.slope();
        // A slope that the scatter of the readings explains is none.
        return -line.slope() > line.slopeError() && left <= MOST_SECONDS ? emptyIn(left) : Forecast.of(Outlook.NEVER);
    }

    private Forecast show(Forecast expected, double passed) {
        Forecast before = shown;
        isContradicted = before != null && before.outlook() != expected.outlook() && !isContradicted;
        Forecast now = isContradicted && before != null ? goneOn(before, passed) : expected;
        shown = now;
        return now;
    }

    private static Forecast goneOn(Forecast before, double passed) {
        return before.in() == null ? before : emptyIn(before.in().toSeconds() - passed);
    }

    private static Forecast emptyIn(double seconds) {
        return Forecast.emptyIn(Duration.ofSeconds(Math.max(1, Math.round(seconds))));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
