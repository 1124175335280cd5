package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the jobs are, and the store's connections, which it has beside those of the application's pool.
 *
 * @param schema The schema of the tables, 1 to 63 of a-z, 0-9 and _.
 * @param maxConnections How many connections the store opens at the most, 5 or more.
 * @param notifications Whether to listen for wake-ups; to be false behind a pooler in transaction mode.
 * @param statementTimeout How long a statement that moves jobs may take before its connection is given up.
 */
public record StoreProperties(
        @DefaultValue("headrace") String schema,
        @DefaultValue("9") int maxConnections,
        @DefaultValue("true") boolean notifications,
        @DefaultValue("30s") Duration statementTimeout) {}
