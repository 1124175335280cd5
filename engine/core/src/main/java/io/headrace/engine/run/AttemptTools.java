package io.headrace.engine.run;

import io.headrace.engine.complete.Completions;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.settle.FollowUpInterception;
import io.headrace.engine.settle.JobSettler;
import io.headrace.engine.settle.OutcomeEncoder;
import io.headrace.engine.settle.ProgressNotes;
import io.headrace.engine.step.Stepper;

/** What every attempt needs of its engine. */
public record AttemptTools(
        JobDecoder decoder,
        OutcomeEncoder encoder,
        FollowUpInterception followUps,
        JobSettler settler,
        ProgressNotes notes,
        SignalReader signals,
        Stepper steps,
        Completions completions,
        AttemptClock clock,
        LoopGuard guard) {}
