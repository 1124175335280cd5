package io.headrace.spi;

/**
 * How a pool of a store's connections is used at one moment.
 *
 * @param name what the pool is for
 * @param acquired how many connections are in use
 * @param idle how many are open and not in use
 * @param pending how many callers wait for one
 * @param most how many there may be
 */
public record PoolUse(String name, int acquired, int idle, int pending, int most) {}
