package io.headrace.schedule;

/** What {@link ScheduleOperator#save} did. */
public enum SaveAnswer {
    /** The schedule is new. */
    CREATED,
    /** The schedule existed and has the new terms. */
    CHANGED
}
