package io.headrace.testkit;

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
import org.junit.jupiter.api.Nested;

/** Holds the in-memory store to the contract. */
class InMemoryJobStoreContractTest {

    @Nested
    class Enqueue extends EnqueueContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class EnqueueAndClaim extends EnqueueAndClaimContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class UniqueKey extends UniqueKeyContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Claim extends ClaimContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Payload extends PayloadContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Settle extends SettleContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Fencing extends FencingContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Lease extends LeaseContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Sweep extends SweepContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class WakeUp extends WakeUpContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Find extends FindContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Depth extends DepthContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Audit extends AuditContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Outage extends OutageContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Decision extends DecisionContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Prune extends PruneContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Look extends LookContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Progress extends ProgressContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }

    @Nested
    class Pause extends PauseContract {
        @Override
        protected StoreHarness open() {
            return new InMemoryHarness();
        }
    }
}
