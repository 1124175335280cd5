package io.headrace.spi;

import java.time.Instant;

/**
 * A cursor on record.
 *
 * @param nr see {@link NewCursor#nr}
 * @param attempt the attempt in which it was moved here
 * @param at when, by the store's clock
 * @param value the cursor as JSON text
 */
public record StoredCursor(long nr, int attempt, Instant at, String value) {}
