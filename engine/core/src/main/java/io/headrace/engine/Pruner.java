package io.headrace.engine;

import io.headrace.Backoff;
import io.headrace.spi.JobStore;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Forgets tombstones whose retention is over, a chunk at a time until none is left, at start-up and then every minute or so.
 * A chunk takes no lock that anybody waits for, and a prune that fails is tried again with the next.
 */
final class Pruner {

    private static final Logger log = LoggerFactory.getLogger(Pruner.class);

    private static final Backoff PAUSE = Backoff.fixed(Duration.ofMinutes(1)).jitter(0.2);

    private final JobStore store;
    private final Duration retention;
    private final Scheduler scheduler;
    private final Disposable.Swap prunes = Disposables.swap();

    Pruner(JobStore store, Duration retention, Scheduler scheduler) {
        this.store = store;
        this.retention = retention;
        this.scheduler = scheduler;
    }

    void start() {
        prunes.update(prune().then(Mono.defer(() -> Mono.delay(PAUSE.jittered(1), scheduler)))
                .repeat()
                .subscribe());
    }

    void stop() {
        prunes.dispose();
    }

    private Mono<Void> prune() {
        return Mono.defer(() -> store.decisions().prune(retention))
                .doOnNext(pruned -> {
                    if (pruned > 0) {
                        log.info("forgot {} tombstones older than {}", pruned, retention);
                    }
                })
                .repeat()
                .takeUntil(pruned -> pruned == 0)
                .then()
                .onErrorResume(error -> {
                    log.warn("pruning failed, it is tried again in a minute: {}", ErrorText.firstLine(error));
                    return Mono.empty();
                });
    }
}
