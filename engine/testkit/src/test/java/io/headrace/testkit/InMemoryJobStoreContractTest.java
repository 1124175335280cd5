package io.headrace.testkit;

import io.headrace.testkit.contract.JobStoreContract;
import io.headrace.testkit.contract.StoreHarness;

/** Holds the in-memory store to the contract. */
class InMemoryJobStoreContractTest extends JobStoreContract {

    @Override
    protected StoreHarness open() {
        return new InMemoryHarness();
    }
}
