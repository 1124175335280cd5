package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * The health of a store that answers.
 *
 * @param version the version of the store's schema, such as its last migration
 * @param problem why this version of Headrace cannot work with the store, and what to do; {@code null} if it can
 * @param wakeUps the state of wake-ups
 */
public record StoreHealth(String version, @Nullable String problem, WakeUps wakeUps) {

    /** The state of wake-ups. */
    public enum WakeUps {
        /** The store is configured not to listen. Engines poll. */
        OFF,
        /** No engine in this process has requested wake-ups. */
        NOT_WANTED,
        /** The store is listening. */
        HEARD,
        /** The listening connection was lost and is being re-established. Engines poll in the meantime. */
        AWAY
    }
}
