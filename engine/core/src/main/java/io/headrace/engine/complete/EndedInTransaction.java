package io.headrace.engine.complete;

import io.headrace.JobId;
import io.headrace.RetryPolicy;
import io.headrace.engine.flush.SharedCalls;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.JobSettler;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.Verdict;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * Ends attempts whose handlers have completed their jobs in transactions, or recorded steps in them: finds out whether the completion
 * was committed. If not, what the attempt came to otherwise is recorded. While a transaction is open it asks again, at growing
 * intervals, and holds up nobody. Thread-safe.
 */
final class EndedInTransaction {

    private static final Logger log = LoggerFactory.getLogger(EndedInTransaction.class);

    private static final String LOOP = "finding out what became of a transaction";

    private static final long FIRST_WAIT_MILLIS = 2;
    private static final long LONGEST_WAIT_MILLIS = 512;

    private final SharedCalls<CompletionLook, CompletionLook.Answer> looks;
    private final JobSettler settler;
    private final Scheduler scheduler;
    private final LoopGuard guard;

    EndedInTransaction(
            SharedCalls<CompletionLook, CompletionLook.Answer> looks,
            JobSettler settler,
            Scheduler scheduler,
            LoopGuard guard) {
        this.looks = looks;
        this.settler = settler;
        this.scheduler = scheduler;
        this.guard = guard;
    }

    /**
     * An attempt that has ended.
     *
     * @param look the question what became of its transactions
     * @param done the verdict with which it was completed in a transaction
     * @param rolledBack run if it is not completed
     * @param otherwise its verdict then
     * @param policy spreads the delay of a retry
     * @param told of whether the outcome was recorded
     */
    record Ended(
            LeasedJob job,
            CompletionLook look,
            Verdict done,
            Runnable rolledBack,
            Verdict otherwise,
            @Nullable RetryPolicy policy,
            @Nullable Consumer<Boolean> told) {}

    void find(Ended ended) {
        ask(ended, FIRST_WAIT_MILLIS);
    }

    private void ask(Ended ended, long waitMillis) {
        looks.ask(ended.look)
                .subscribe(
                        answer -> guard.run(LOOP, () -> heed(ended, answer, waitMillis)),
                        error -> guard.run(LOOP, () -> failed(ended, error, waitMillis)));
    }

    private void heed(Ended ended, CompletionLook.Answer answer, long waitMillis) {
        switch (answer) {
            case COMPLETED -> settler.ended(ended.job, ended.done, true, ended.told);
            case LOST -> settler.ended(ended.job, ended.done, false, ended.told);
            case HELD -> {
                ended.rolledBack.run();
                settler.settle(ended.job, ended.otherwise, ended.policy, ended.told);
            }
            case KEPT, OPEN -> {
                if (waitMillis == LONGEST_WAIT_MILLIS) {
                    log.warn(
                            "An attempt at job {} of kind '{}' has ended, but the transaction in which its handler called completeIn"
                                    + " or stepIn is open. Commit or roll back before the publisher of the handler completes",
                            new JobId(ended.job.job().id()),
                            ended.job.job().kind());
                }
                again(ended, waitMillis);
            }
        }
    }

    private void failed(Ended ended, Throwable error, long waitMillis) {
        log.debug("Failed to find out what became of a transaction, retrying: {}", ErrorText.firstLine(error));
        again(ended, waitMillis);
    }

    private void again(Ended ended, long waitMillis) {
        if (settler.isClosed()) {
            settler.ended(ended.job, ended.done, false, ended.told);
            return;
        }
        try {
            scheduler.schedule(
                    () -> guard.run(LOOP, () -> ask(ended, Math.min(waitMillis * 2, LONGEST_WAIT_MILLIS + 1))),
                    Math.min(waitMillis, LONGEST_WAIT_MILLIS),
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            settler.ended(ended.job, ended.done, false, ended.told);
        }
    }
}
