package io.headrace.testkit.contract;

/**
 * What a store may have or not. A suite asks {@link StoreHarness#supports} and asserts both ways: a store with the
 * feature has it, and a store without it does not pretend to. No test is skipped.
 */
public enum Feature {
    /** The store uses pools of connections, and its inspector shows them. */
    POOLS
}
