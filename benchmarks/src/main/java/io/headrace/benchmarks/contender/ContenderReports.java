package io.headrace.benchmarks.contender;

/** What a {@link ContenderProcess} says of the handlers that start. */
enum ContenderReports {
    NONE,
    /** A line for each: its number and the time. */
    EACH,
    /** A line now and then: how many have started, and the time. */
    COUNT
}
