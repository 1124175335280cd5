package io.headrace.operate;

/** What is to be expected of the due jobs of a queue. */
public enum Outlook {
    /** No job is due. */
    EMPTY,
    /** At the current rates, no job is due after a time that the {@link Forecast} names. */
    EMPTY_IN,
    /** At the current rates, the number of due jobs does not fall. */
    NEVER,
    /** The queue is paused: nothing is claimed from it. */
    PAUSED,
    /** There is no forecast yet: it takes a few seconds of observation. */
    UNKNOWN
}
