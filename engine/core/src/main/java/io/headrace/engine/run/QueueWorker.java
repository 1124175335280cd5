package io.headrace.engine.run;

import io.headrace.engine.claim.JobClaimer;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeasedJob;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Mono;

/** Works on one queue: demand → claim → run → settle. */
public final class QueueWorker {

    private final JobClaimer claimer;
    private final JobRunner runner;
    private final LoopGuard guard;
    private final int concurrency;

    public QueueWorker(JobClaimer claimer, JobRunner runner, LoopGuard guard, int concurrency) {
        this.claimer = claimer;
        this.runner = runner;
        this.guard = guard;
        this.concurrency = concurrency;
    }

    public void start() {
        Slots slots = new Slots();
        if (slots.gathering != null) {
            claimer.emitsTo(slots.gathering);
        }
        claimer.jobs().subscribe(slots);
    }

    JobClaimer claimer() {
        return claimer;
    }

    /** As many jobs are requested as there are slots; one more each time that one is free. */
    private final class Slots extends BaseSubscriber<LeasedJob> implements Runnable {

        private final @Nullable Gathering gathering = runner.gathering(this::free, concurrency);

        private void free(int slots) {
            if (slots > 0) {
                request(slots);
            }
        }

        /** A slot is free. */
        @Override
        public void run() {
            request(1);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(concurrency);
        }

        @Override
        protected void hookOnNext(LeasedJob job) {
            try {
                if (gathering == null || !gathering.takes(job)) {
                    runner.run(job, this);
                }
            } catch (Throwable e) {
                guard.broke("the worker of queue '" + claimer.queue() + "'", e);
            }
        }

        @Override
        protected void hookOnError(Throwable error) {
            guard.broke("the worker of queue '" + claimer.queue() + "'", error);
        }
    }

    /** Completes when nothing is leased any more. */
    Mono<Void> stop() {
        return Mono.fromRunnable(claimer::stop).then(claimer.emptied());
    }
}
