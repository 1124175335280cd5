package io.headrace.testkit.memory.schedule;

import io.headrace.spi.StoredSchedule;
import io.headrace.spi.StoredSchedule.History;
import io.headrace.testkit.memory.places.Schedules;
import java.time.Instant;
import java.util.List;

/** Forgets old fires, and remembers how far back the record goes. Guarded by the store's lock. */
final class PruneStep {

    private final Schedules schedules;

    PruneStep(Schedules schedules) {
        this.schedules = schedules;
    }

    long run(Instant recordedBefore) {
        long pruned = 0;
        for (String name : schedules.fires().schedules()) {
            List<Instant> instants = schedules.fires().prune(name, recordedBefore);
            instants.forEach(instant -> raisePrunedTo(name, instant));
            pruned += instants.size();
        }
        return pruned;
    }

    private void raisePrunedTo(String name, Instant instant) {
        StoredSchedule schedule = schedules.find(name);
        if (schedule == null) {
            return;
        }
        History history = schedule.history();
        if (history.prunedTo() == null || history.prunedTo().isBefore(instant)) {
            schedules.keep(Schedules.withHistory(
                    schedule,
                    new History(
                            history.lastAt(),
                            history.lastJob(),
                            history.isBusy(),
                            history.fires(),
                            history.passedOver(),
                            instant)));
        }
    }
}
