package io.headrace.testkit.contract;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import io.headrace.spi.BulkStore;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.Assertions;

/** What the suites of bulk operations have in common. */
abstract class BulkSuite extends ContractSuite {

    static final long RUNNER = 7;
    static final Duration LEASE = Duration.ofMinutes(5);

    BulkStore bulk() {
        return store().bulk();
    }

    BulkOperation start(BulkAction action) {
        return await(bulk().start(action, "ada", RUNNER, LEASE));
    }

    BulkOperation step(BulkOperation operation) {
        return await(bulk().step(operation.id(), RUNNER, LEASE));
    }

    /** A step that is refused is empty. */
    Optional<BulkOperation> stepOf(BulkOperation operation, long runner) {
        return bulk().step(operation.id(), runner, LEASE).blockOptional(PATIENCE);
    }

    Optional<BulkOperation> takeOver(long runner) {
        return bulk().takeOver(runner, LEASE).blockOptional(PATIENCE);
    }

    BulkOperation found(BulkOperation operation) {
        return await(bulk().find(operation.id()));
    }

    void stop(BulkOperation operation) {
        finish(bulk().stop(operation.id()));
    }

    /** Steps until it has ended. */
    BulkOperation carryOut(BulkAction action) {
        return carryOut(start(action));
    }

    BulkOperation carryOut(BulkOperation operation) {
        BulkOperation last = step(operation);
        for (int steps = 1; !last.state().isEnded(); steps++) {
            Assertions.assertThat(steps).as("steps").isLessThan(1_000);
            last = step(operation);
        }
        return last;
    }

    static void assertAnswer(BulkOperation operation, BulkState state, long done, long pruned) {
        Assertions.assertThat(operation.state()).isEqualTo(state);
        Assertions.assertThat(operation.matched()).as("matched").isEqualTo(done + operation.raced());
        Assertions.assertThat(operation.done()).as("done").isEqualTo(done);
        Assertions.assertThat(operation.raced()).as("raced").isZero();
        Assertions.assertThat(operation.pruned()).as("pruned").isEqualTo(pruned);
        Assertions.assertThat(operation.endedAt() != null).isEqualTo(state.isEnded());
    }
}
