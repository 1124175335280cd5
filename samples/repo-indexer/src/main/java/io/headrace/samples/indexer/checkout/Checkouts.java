package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.repository.Repository;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Working trees for whoever asks, on {@code boundedElastic}. However many ask for the same at once, one clone is made; it is
 * given up when the last of them is gone. An error is told to those who asked, and the next who asks begins anew. Thread-safe.
 *
 * <p>What is asked for emits how far it has come, at last with the tree, and errs with a {@link CheckoutException}.
 */
@Component
public final class Checkouts {

    private final Trees trees;
    private final Map<Wanted, Flux<CheckoutStep>> underWay = new ConcurrentHashMap<>();

    Checkouts(Trees trees) {
        this.trees = trees;
    }

    /** @param commit {@code null} for the latest */
    private record Wanted(UUID repository, @Nullable String commit) {}

    /** The tree of the latest commit. */
    public Flux<CheckoutStep> latest(Repository repository) {
        return shared(repository, null);
    }

    /** The tree of the commit that was indexed; of the latest, if none was yet. Cloned again if it is gone. */
    public Mono<WorkingTree> indexed(Repository repository) {
        String commit =
                repository.indexed() == null ? null : repository.indexed().commit();
        return shared(repository, commit).last().mapNotNull(CheckoutStep::tree);
    }

    /** Takes the trees of a repository's other commits away. */
    public Mono<Void> keepOnly(UUID repository, WorkingTree kept) {
        return Mono.<Void>fromCallable(() -> {
                    trees.keepOnly(repository, kept);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Flux<CheckoutStep> shared(Repository repository, @Nullable String commit) {
        Wanted wanted = new Wanted(repository.id(), commit);
        return Flux.defer(() -> underWay.computeIfAbsent(wanted, absent -> begin(absent, repository)));
    }

    private Flux<CheckoutStep> begin(Wanted wanted, Repository repository) {
        // Forgotten before those who wait are told: who asks again on being told begins anew.
        return Flux.<CheckoutStep>create(sink -> clone(wanted, repository, sink), OverflowStrategy.LATEST)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnTerminate(() -> underWay.remove(wanted))
                .doOnCancel(() -> underWay.remove(wanted))
                .replay(1)
                .refCount();
    }

    private void clone(Wanted wanted, Repository repository, FluxSink<CheckoutStep> sink) {
        Steps steps = new Steps(sink);
        try {
            WorkingTree tree = wanted.commit() == null
                    ? trees.latest(repository, steps)
                    : trees.of(repository, wanted.commit(), steps);
            sink.next(CheckoutStep.last(tree));
            sink.complete();
        } catch (RuntimeException e) {
            if (!sink.isCancelled()) {
                sink.error(e);
            }
        }
    }

    private record Steps(FluxSink<CheckoutStep> sink) implements GitSource.Listener {

        @Override
        public void at(int percent, String doing) {
            sink.next(new CheckoutStep(percent, doing, null));
        }

        @Override
        public boolean isGone() {
            return sink.isCancelled();
        }
    }
}
