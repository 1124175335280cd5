package io.headrace.schedule;

/** Whether a schedule fires. */
public enum ScheduleState {
    /** It fires at its next instant. */
    ACTIVE,
    /** An operator paused it. */
    PAUSED,
    /** It was paused because no engine has declared it for a day. It resumes when one does. */
    UNDECLARED,
    /** Its timetable has no further instant. */
    ENDED
}
