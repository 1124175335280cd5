package io.headrace.testkit.memory.operate;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkPreview;
import io.headrace.spi.BulkStore;
import io.headrace.testkit.memory.places.Contents;
import io.headrace.testkit.memory.places.Steps;
import io.headrace.testkit.memory.places.StoredOperation;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps bulk operations. */
public final class MemoryBulk implements BulkStore {

    private final Steps steps;
    private final Contents contents;
    private final NavigableMap<Long, StoredOperation> operations;

    public MemoryBulk(Steps steps, Contents contents) {
        this.steps = steps;
        this.contents = contents;
        this.operations = contents.operations();
    }

    @Override
    public Mono<BulkOperation> start(BulkAction action, String by, long runner, Duration lease) {
        return steps.step(now -> {
            long id = operations.isEmpty() ? 1 : operations.lastKey() + 1;
            long lastJob = contents.places().jobs().keySet().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            StoredOperation operation = new StoredOperation(id, action, by, now, lastJob);
            operation.hold(runner, now, lease);
            operations.put(id, operation);
            return operation.snapshot();
        });
    }

    @Override
    public Mono<BulkOperation> takeOver(long runner, Duration lease) {
        return maybe(now -> {
            Optional<StoredOperation> orphan = operations.values().stream()
                    .filter(operation -> operation.isOrphaned(now))
                    .findFirst();
            orphan.ifPresent(operation -> operation.hold(runner, now, lease));
            return orphan;
        });
    }

    @Override
    public Mono<BulkOperation> step(String id, long runner, Duration lease) {
        return maybe(now -> {
            StoredOperation operation = stored(id);
            if (operation == null || !operation.isHeldBy(runner)) {
                return Optional.empty();
            }
            new BulkStep(contents, now).run(operation);
            operation.hold(runner, now, lease);
            return Optional.of(operation);
        });
    }

    @Override
    public Mono<BulkOperation> find(String id) {
        return maybe(now -> Optional.ofNullable(stored(id)));
    }

    private Mono<BulkOperation> maybe(Function<Instant, Optional<StoredOperation>> work) {
        return steps.step(now -> work.apply(now).map(StoredOperation::snapshot)).flatMap(Mono::justOrEmpty);
    }

    private @Nullable StoredOperation stored(String id) {
        return operations.values().stream()
                .filter(operation -> operation.snapshot().id().equals(id))
                .findFirst()
                .orElse(null);
    }

    @Override
    public Flux<BulkOperation> list(int most) {
        return steps.step(now -> operations.descendingMap().values().stream()
                        .limit(most)
                        .map(StoredOperation::snapshot)
                        .toList())
                .flatMapIterable(latest -> latest);
    }

    @Override
    public Mono<Void> stop(String id) {
        return steps.run(now -> Optional.ofNullable(stored(id)).ifPresent(StoredOperation::askToStop));
    }

    @Override
    public Mono<BulkPreview> preview(BulkAction action) {
        return steps.step(now -> new BulkStep(contents, now).preview(action));
    }

    @Override
    public Mono<Long> prune(Duration retention) {
        return steps.step(now -> {
            int before = operations.size();
            operations.values().removeIf(operation -> operation.endedBefore(now.minus(retention)));
            return (long) before - operations.size();
        });
    }
}
