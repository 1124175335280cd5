package io.headrace.postgres;

import io.headrace.testkit.contract.JobStoreContract;
import io.headrace.testkit.contract.StoreHarness;
import org.junit.jupiter.api.AfterAll;

/** The store contract, on each server. */
@OnEachServer
class PostgresContractTest extends JobStoreContract {

    private final TestServer server;

    PostgresContractTest(TestServer server) {
        this.server = server;
    }

    @AfterAll
    static void dropSchemas() {
        TestSchema.dropReused();
    }

    @Override
    protected StoreHarness open() {
        return TestSchema.reused(server);
    }
}
