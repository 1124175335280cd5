package io.headrace.engine;

/** What every attempt needs of its engine. */
record AttemptTools(JobDecoder decoder, JobSettler settler, ProgressNotes notes, AttemptClock clock, LoopGuard guard) {}
