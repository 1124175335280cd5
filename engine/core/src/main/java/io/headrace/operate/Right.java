package io.headrace.operate;

/** What an {@link Actor} may do at the desk. No right includes another. */
public enum Right {
    /** To see jobs, queues, workers, schedules, operations and the log, without payloads and other values of jobs. */
    VIEW,
    /**
     * To see payloads, headers, results, the values of steps, cursors and signals, and the texts of errors that quote a payload
     * which could not be read. It needs {@link #VIEW} in addition.
     */
    VIEW_PAYLOAD,
    /** To retry failed jobs, and to make waiting ones due. */
    RETRY,
    /** To discard failed jobs. */
    DISCARD,
    /** To cancel jobs. */
    CANCEL,
    /** To pause and resume queues. */
    PAUSE,
    /** To change, fire, pause, resume and remove schedules. */
    SCHEDULE,
    /** To change the limits of queues. */
    LIMIT,
    /** To enqueue jobs at the desk. */
    ENQUEUE,
    /** To send signals at the desk. */
    SIGNAL
}
