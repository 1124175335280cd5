package io.headrace.testkit.contract;

/**
 * An optional feature of a store. A suite asks {@link StoreHarness#supports} and asserts both ways: a store with the feature
 * has it, and a store without it does not pretend to. No test is skipped.
 */
public enum Feature {
    /** The store uses connection pools, and its inspector reports them. */
    POOLS
}
