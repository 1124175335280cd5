package io.headrace.spi;

/**
 * The use of one of a store's connection pools at one moment.
 *
 * @param name the purpose of the pool
 * @param acquired the number of connections in use
 * @param idle the number of open connections that are not in use
 * @param pending the number of callers that wait for a connection
 * @param most the maximum number of connections
 */
public record PoolUse(String name, int acquired, int idle, int pending, int most) {}
