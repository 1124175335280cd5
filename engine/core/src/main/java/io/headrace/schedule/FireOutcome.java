package io.headrace.schedule;

/** What came of a fire. */
public enum FireOutcome {
    /** Its job was enqueued. */
    ENQUEUED,
    /** Its job will be enqueued when the job of the fire before has ended. */
    WAITING,
    /** Its job was not enqueued, because the job of a fire before had not ended. */
    SKIPPED,
    /** The schedule's function did not make a job. */
    FAILED
}
