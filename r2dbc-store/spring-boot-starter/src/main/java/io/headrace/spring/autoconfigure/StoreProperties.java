package io.headrace.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the store and its connections, which are separate from the application's pool.
 *
 * @param schema Schema of the tables, 1 to 63 characters of a-z, 0-9 and _.
 * @param maxConnections Maximum number of connections that the store opens, 5 or more.
 * @param notifications Whether to listen for wake-ups. Must be false behind a pooler in transaction mode.
 * @param statementTimeout Time after which a statement that moves jobs is abandoned together with its connection.
 */
public record StoreProperties(
        @DefaultValue("headrace") String schema,
        @DefaultValue("9") int maxConnections,
        @DefaultValue("true") boolean notifications,
        @DefaultValue("30s") Duration statementTimeout) {}
