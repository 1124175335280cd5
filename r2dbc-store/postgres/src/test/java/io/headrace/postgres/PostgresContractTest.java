package io.headrace.postgres;

import io.headrace.testkit.contract.JobStoreContract;
import io.headrace.testkit.contract.StoreHarness;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store contract, on each server. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class PostgresContractTest extends JobStoreContract {

    private final TestServer server;

    PostgresContractTest(TestServer server) {
        this.server = server;
    }

    static List<TestServer> servers() {
        return TestServer.all();
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
