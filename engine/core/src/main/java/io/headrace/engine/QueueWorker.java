package io.headrace.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Works on one queue: demand → claim → run → settle. */
final class QueueWorker {

    private static final Logger log = LoggerFactory.getLogger(QueueWorker.class);

    private final JobClaimer claimer;
    private final JobRunner runner;
    private final int concurrency;

    QueueWorker(JobClaimer claimer, JobRunner runner, int concurrency) {
        this.claimer = claimer;
        this.runner = runner;
        this.concurrency = concurrency;
    }

    void start() {
        claimer.jobs()
                .flatMap(runner::run, concurrency)
                .subscribe(
                        nothing -> {},
                        error -> log.error("the worker of queue '{}' has stopped", claimer.queue(), error));
    }

    JobClaimer claimer() {
        return claimer;
    }

    /** Completes when nothing is leased any more. */
    Mono<Void> stop() {
        return Mono.fromRunnable(claimer::stop).then(claimer.emptied());
    }
}
