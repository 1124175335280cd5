package io.headrace.engine.operate;

import io.headrace.FailedJobs;
import io.headrace.InvalidSettingException;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkOperator;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.WaitingJobs;
import io.headrace.engine.bulk.BulkRunner;
import io.headrace.operate.Right;
import io.headrace.spi.BulkStore;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The part of the desk that is about bulk operations. */
final class BulkCounter implements BulkOperator {

    private static final int MOST_OPERATIONS = 100;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final int DOUBLINGS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private static final BulkAction.Cases<Acts> ACTS = new BulkAction.Cases<>() {
        @Override
        public Acts retry(FailedJobs which) {
            return new Acts(Act.START_RETRY, Act.STOP_RETRY);
        }

        @Override
        public Acts discard(FailedJobs which) {
            return new Acts(Act.START_DISCARD, Act.STOP_DISCARD);
        }

        @Override
        public Acts cancel(WaitingJobs which) {
            return new Acts(Act.START_CANCEL, Act.STOP_CANCEL);
        }
    };

    private record Acts(Act start, Act stop) {}

    private final BulkStore store;
    private final BulkRunner runner;
    private final Scheduler clock;
    private final Gate gate;

    BulkCounter(BulkStore store, BulkRunner runner, Scheduler clock, Gate gate) {
        this.store = store;
        this.runner = runner;
        this.clock = clock;
        this.gate = gate;
    }

    @Override
    public Mono<BulkOperation> start(BulkAction action) {
        Objects.requireNonNull(action, "action");
        return gate.decide(
                action.fold(ACTS).start(),
                Subject.of(action),
                () -> runner.start(action, gate.name()),
                started -> new Answer(null, "operation " + started.id()));
    }

    @Override
    public Mono<BulkOperation> find(String id) {
        Objects.requireNonNull(id, "id");
        return gate.see(Right.VIEW, () -> look(id));
    }

    @Override
    public Flux<BulkOperation> list(int most) {
        return gate.seeAll(Right.VIEW, () -> {
            if (most < 1 || most > MOST_OPERATIONS) {
                throw new InvalidSettingException("most", most + " is outside 1 to " + MOST_OPERATIONS);
            }
            return store.list(most).doOnNext(runner::seen);
        });
    }

    @Override
    public Flux<BulkOperation> watch(String id) {
        Objects.requireNonNull(id, "id");
        return gate.seeAll(
                Right.VIEW,
                () -> look(id).map(Optional::of)
                        .defaultIfEmpty(Optional.empty())
                        .repeatWhen(looks -> looks.index().concatMap(look -> Mono.delay(pause(look.getT1()), clock)))
                        .takeUntil(
                                found -> found.isEmpty() || found.get().state().isEnded())
                        .flatMap(Mono::justOrEmpty)
                        .distinctUntilChanged());
    }

    /** Doubles from look to look, because most operations are short. */
    private static Duration pause(long look) {
        long millis = FIRST_PAUSE_MILLIS << Math.min(look, DOUBLINGS);
        return Duration.ofMillis(Math.min(millis, LONGEST_PAUSE_MILLIS));
    }

    private Mono<BulkOperation> look(String id) {
        return Mono.defer(() -> store.find(id)).doOnNext(runner::seen);
    }

    @Override
    public Mono<BulkOperation> stop(String id) {
        Objects.requireNonNull(id, "id");
        return look(id).flatMap(found ->
                gate.decide(found.action().fold(ACTS).stop(), "operation " + id, () -> stopped(id), Answer::of));
    }

    private Mono<BulkOperation> stopped(String id) {
        return store.stop(id).then(look(id));
    }

    @Override
    public Mono<BulkPreview> preview(BulkAction action) {
        Objects.requireNonNull(action, "action");
        return gate.see(Right.VIEW, () -> store.preview(action));
    }
}
