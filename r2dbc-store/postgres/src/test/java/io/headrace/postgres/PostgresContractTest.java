package io.headrace.postgres;

import io.headrace.testkit.contract.JobStoreContract;
import io.headrace.testkit.contract.StoreHarness;

/** The store contract, on each server. */
@OnEachServer
class PostgresContractTest extends JobStoreContract {

    private final TestServer server;

    PostgresContractTest(TestServer server) {
        this.server = server;
    }

    @Override
    protected StoreHarness open() {
        return TestSchema.reused(server);
    }
}
