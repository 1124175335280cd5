package io.headrace.spring.transaction;

/** How an enqueue treats the caller's reactive transaction. */
public enum Joining {
    /** Joins it if there is one, and otherwise commits on its own. */
    JOIN,
    /** Joins it, and fails if there is none. */
    REQUIRE,
    /** Commits on its own, whether there is a transaction or not. */
    IGNORE
}
