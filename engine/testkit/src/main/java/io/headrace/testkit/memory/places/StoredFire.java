package io.headrace.testkit.memory.places;

import io.headrace.JobId;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fire on record.
 *
 * @param job its job, which is still known here when the store has forgotten it
 */
public record StoredFire(
        Instant at,
        Instant firedAt,
        FireCause cause,
        FireOutcome outcome,
        long passedOver,
        @Nullable StoredJob job,
        @Nullable String problem) {

    public boolean isWaiting() {
        return outcome == FireOutcome.WAITING;
    }

    StoredFire skipped() {
        return new StoredFire(at, firedAt, cause, FireOutcome.SKIPPED, passedOver, null, null);
    }

    FireSnapshot snapshot(String schedule, JobPlaces places) {
        JobId id = job == null ? null : new JobId(job.id());
        StoredJob known = id == null ? null : places.find(id);
        return new FireSnapshot(
                schedule, at, firedAt, cause, outcome, passedOver, id, known == null ? null : known.state(), problem);
    }
}
