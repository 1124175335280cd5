package io.headrace.console.api;

import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A bulk operation at one moment. */
record OperationView(
        String id,
        ActionBody action,
        BulkState state,
        long matched,
        long done,
        long raced,
        long pruned,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt) {

    static OperationView of(BulkOperation operation) {
        return new OperationView(
                operation.id(),
                ActionBody.of(operation.action()),
                operation.state(),
                operation.matched(),
                operation.done(),
                operation.raced(),
                operation.pruned(),
                operation.startedBy(),
                operation.startedAt(),
                operation.endedAt());
    }
}
