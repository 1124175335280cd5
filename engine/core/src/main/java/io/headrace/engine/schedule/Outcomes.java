package io.headrace.engine.schedule;

import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.Overlap;
import io.headrace.spi.StoredSchedule.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of fires, as the overlap of their schedule says.
 *
 * @param fires in the order of their instants, the one that waited before them included if its wait is over
 * @param waiting the one that waits from now on; {@code null} for none
 * @param cancels whether the job of the last fire is to be cancelled
 */
record Outcomes(List<Decided> fires, @Nullable Waiting waiting, boolean cancels) {

    /** A fire and what comes of it. */
    record Decided(Instant at, FireCause cause, FireOutcome outcome) {}

    /**
     * Decides.
     *
     * @param isBusy whether the job of the last fire has not ended
     * @param waited the fire that waits; {@code null} for none
     * @param due the fires that are new
     */
    static Outcomes of(Overlap overlap, boolean isBusy, @Nullable Waiting waited, List<Waiting> due) {
        return switch (overlap) {
            case ALLOW -> new Outcomes(all(behind(waited, due), FireOutcome.ENQUEUED), null, false);
            case SKIP -> new Outcomes(firstOnly(isBusy, behind(waited, due)), null, false);
            case QUEUE_ONE -> queueOne(isBusy, waited, due);
            case CANCEL_RUNNING -> latest(isBusy, waited, due);
        };
    }

    private static List<Waiting> behind(@Nullable Waiting waited, List<Waiting> due) {
        if (waited == null) {
            return due;
        }
        List<Waiting> all = new ArrayList<>(due);
        all.add(0, waited);
        return all;
    }

    private static List<Decided> all(List<Waiting> due, FireOutcome outcome) {
        return due.stream().map(fire -> decided(fire, outcome)).toList();
    }

    private static List<Decided> firstOnly(boolean isBusy, List<Waiting> due) {
        List<Decided> fires = new ArrayList<>(all(due, FireOutcome.SKIPPED));
        if (!isBusy && !due.isEmpty()) {
            fires.set(0, decided(due.get(0), FireOutcome.ENQUEUED));
        }
        return fires;
    }

    /** One runs, one waits, and the rest are skipped. */
    private static Outcomes queueOne(boolean isBusy, @Nullable Waiting waited, List<Waiting> due) {
        List<Decided> fires = new ArrayList<>();
        boolean runs = isBusy;
        Waiting waiting = waited;
        if (!runs && waiting != null) {
            fires.add(decided(waiting, FireOutcome.ENQUEUED));
            runs = true;
            waiting = null;
        }
        for (Waiting fire : due) {
            if (!runs) {
                fires.add(decided(fire, FireOutcome.ENQUEUED));
                runs = true;
            } else if (waiting == null) {
                fires.add(decided(fire, FireOutcome.WAITING));
                waiting = fire;
            } else {
                fires.add(decided(fire, FireOutcome.SKIPPED));
            }
        }
        return new Outcomes(fires, waiting, false);
    }

    /** Only the latest counts. */
    private static Outcomes latest(boolean isBusy, @Nullable Waiting waited, List<Waiting> due) {
        List<Waiting> all = behind(waited, due);
        if (all.isEmpty()) {
            return new Outcomes(List.of(), null, false);
        }
        Waiting latest = all.get(all.size() - 1);
        List<Decided> fires = new ArrayList<>(all(all.subList(0, all.size() - 1), FireOutcome.SKIPPED));
        if (!isBusy) {
            fires.add(decided(latest, FireOutcome.ENQUEUED));
        } else if (!latest.equals(waited)) {
            fires.add(decided(latest, FireOutcome.WAITING));
        }
        return new Outcomes(fires, isBusy ? latest : null, isBusy);
    }

    private static Decided decided(Waiting fire, FireOutcome outcome) {
        return new Decided(fire.at(), fire.cause(), outcome);
    }
}
