package io.headrace.console.api;

import io.headrace.JobId;
import io.headrace.JobState;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.schedule.FireSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A fire of a schedule. */
record FireView(
        String schedule,
        Instant at,
        Instant firedAt,
        FireCause cause,
        FireOutcome outcome,
        long passedOver,
        @Nullable JobId job,
        @Nullable JobState jobState,
        @Nullable String problem) {

    static FireView of(FireSnapshot fire) {
        return new FireView(
                fire.schedule(),
                fire.at(),
                fire.firedAt(),
                fire.cause(),
                fire.outcome(),
                fire.passedOver(),
                fire.job(),
                fire.state(),
                fire.problem());
    }
}
