package io.headrace.spring.transaction;

/** What enqueueing does with the reactive transaction of its caller. */
public enum Joining {
    /** Joins it if there is one, and commits by itself otherwise. */
    JOIN,
    /** Joins it, and errs if there is none. */
    REQUIRE,
    /** Commits by itself, whether there is one or not. */
    IGNORE
}
