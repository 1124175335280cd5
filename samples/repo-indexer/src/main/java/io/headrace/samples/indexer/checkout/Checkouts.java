package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.repository.Indexed;
import io.headrace.samples.indexer.repository.Repository;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    private final GitSource source;
    private final Trees trees;
    private final Map<Wanted, Flux<CheckoutStep>> underWay = new ConcurrentHashMap<>();

    Checkouts(GitSource source, Trees trees) {
        this.source = source;
        this.trees = trees;
    }

    private record Wanted(UUID repository, String commit) {}

    /** The tree of the latest commit. */
    public Flux<CheckoutStep> latest(Repository repository) {
        return Mono.fromCallable(() -> source.latest(repository.address()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapMany(commit -> shared(repository, commit));
    }

    /** The tree of a commit. Cloned again if it is gone, or on the disk of another machine. */
    public Flux<CheckoutStep> of(Repository repository, String commit) {
        return shared(repository, commit);
    }

    /** The tree of the commit that was indexed; of the latest, if none was yet. Cloned again if it is gone. */
    public Mono<WorkingTree> indexed(Repository repository) {
        Indexed indexed = repository.indexed();
        Flux<CheckoutStep> steps = indexed == null ? latest(repository) : shared(repository, indexed.commit());
        return steps.last().mapNotNull(CheckoutStep::tree);
    }

    /** Takes the trees of a repository's other commits away. */
    public Mono<Void> keepOnly(UUID repository, String commit) {
        return Mono.<Void>fromCallable(() -> {
                    trees.keepOnly(repository, commit);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private Flux<CheckoutStep> shared(Repository repository, String commit) {
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
        try {
            WorkingTree tree = trees.of(repository, wanted.commit(), new Steps(sink));
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
