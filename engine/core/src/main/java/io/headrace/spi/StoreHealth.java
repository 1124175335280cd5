package io.headrace.spi;

import org.jspecify.annotations.Nullable;

/**
 * How a store that answers stands.
 *
 * @param version what it is made of, such as its last migration
 * @param problem why this version of Headrace cannot work with it, and what to do; {@code null} if it can
 * @param wakeUps whether wake-ups are heard
 */
public record StoreHealth(String version, @Nullable String problem, WakeUps wakeUps) {

    /** Whether wake-ups are heard. */
    public enum WakeUps {
        /** By its settings the store does not listen; engines poll. */
        OFF,
        /** Nobody in this process has asked for them. */
        NOT_WANTED,
        /** They are heard. */
        HEARD,
        /** The connection for them is away, and is being made again; engines poll meanwhile. */
        AWAY
    }
}
