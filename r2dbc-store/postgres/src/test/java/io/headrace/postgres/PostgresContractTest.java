package io.headrace.postgres;

import io.headrace.testkit.contract.AuditContract;
import io.headrace.testkit.contract.ClaimContract;
import io.headrace.testkit.contract.DecisionContract;
import io.headrace.testkit.contract.DepthContract;
import io.headrace.testkit.contract.EnqueueAndClaimContract;
import io.headrace.testkit.contract.EnqueueContract;
import io.headrace.testkit.contract.FencingContract;
import io.headrace.testkit.contract.FindContract;
import io.headrace.testkit.contract.LeaseContract;
import io.headrace.testkit.contract.LookContract;
import io.headrace.testkit.contract.OutageContract;
import io.headrace.testkit.contract.PauseContract;
import io.headrace.testkit.contract.PayloadContract;
import io.headrace.testkit.contract.ProgressContract;
import io.headrace.testkit.contract.PruneContract;
import io.headrace.testkit.contract.SettleContract;
import io.headrace.testkit.contract.StoreHarness;
import io.headrace.testkit.contract.SweepContract;
import io.headrace.testkit.contract.UniqueKeyContract;
import io.headrace.testkit.contract.WakeUpContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The store contract, on each server. */
@ParameterizedClass(name = "{0}")
@MethodSource("servers")
class PostgresContractTest {

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

    @Nested
    class Enqueue extends EnqueueContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class EnqueueAndClaim extends EnqueueAndClaimContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class UniqueKey extends UniqueKeyContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Claim extends ClaimContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Payload extends PayloadContract {
        @Override
        protected StoreHarness open() {
            return new TestSchema(server);
        }
    }

    @Nested
    class Settle extends SettleContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Lease extends LeaseContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class WakeUp extends WakeUpContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Find extends FindContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Depth extends DepthContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Audit extends AuditContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Sweep extends SweepContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Outage extends OutageContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Decision extends DecisionContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Prune extends PruneContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Look extends LookContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Progress extends ProgressContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }

    @Nested
    class Pause extends PauseContract {
        @Override
        protected StoreHarness open() {
            return TestSchema.reused(server);
        }
    }
}
