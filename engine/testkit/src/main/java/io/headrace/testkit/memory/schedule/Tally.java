package io.headrace.testkit.memory.schedule;

import io.headrace.JobId;
import io.headrace.schedule.FireCause;
import io.headrace.spi.Firing.Shot;
import io.headrace.spi.StoredSchedule.History;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a firing adds to the history of its schedule. */
final class Tally {

    private final History before;
    private final long passedOver;
    private @Nullable Instant lastAt;
    private @Nullable Long lastJob;
    private long fires;

    Tally(History before, long passedOver) {
        this.before = before;
        this.passedOver = passedOver;
        this.lastAt = before.lastAt();
        this.lastJob = before.lastJob();
    }

    void add(Shot shot, @Nullable JobId job, boolean isNew) {
        fires += isNew ? 1 : 0;
        if (shot.cause() == FireCause.BACKFILL) {
            return;
        }
        if (lastAt == null || lastAt.isBefore(shot.at())) {
            lastAt = shot.at();
        }
        if (job != null) {
            lastJob = job.value();
        }
    }

    History history() {
        return new History(
                lastAt,
                lastJob,
                before.isBusy(),
                before.fires() + fires,
                before.passedOver() + passedOver,
                before.prunedTo());
    }
}
