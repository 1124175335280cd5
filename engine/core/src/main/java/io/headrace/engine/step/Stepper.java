package io.headrace.engine.step;

import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.JobSteps;
import io.headrace.spi.NewCursor;
import io.headrace.spi.NewStep;
import io.headrace.spi.StepStore;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Reads and records the steps of all attempts of an engine. Thread-safe. */
public final class Stepper {

    private final StepTools tools;
    private final StepReader reader;
    private final EndedTransactions transactions;
    private final SendingFlush<NewStep, Recording> steps;
    private final SendingFlush<NewCursor, Moving> cursors;

    public Stepper(StepStore store, LongSupplier worker, StepTools tools, LoopGuard guard) {
        this.tools = tools;
        this.reader = new StepReader(store);
        this.transactions = new EndedTransactions(store, tools.clock());
        this.steps = new SendingFlush<>(ran -> store.record(worker.getAsLong(), ran), batch -> batch, guard);
        this.cursors = new SendingFlush<>(moved -> store.move(worker.getAsLong(), moved), Stepper::lastOfEach, guard);
    }

    /**
     * The steps of an attempt, when it has the first.
     *
     * @param over whether it has ended
     */
    public AttemptSteps of(LeasedJob job, BooleanSupplier over) {
        return new AttemptSteps(job, over, this);
    }

    /** Gives up on what the store does not take or answer. */
    public void close() {
        reader.close();
        steps.close();
        cursors.close();
    }

    StepTools tools() {
        return tools;
    }

    Mono<JobSteps> read(LeasedJob job) {
        return reader.read(job.job().id());
    }

    /** Whether a transaction in which a step was recorded has ended, or ends soon. */
    Mono<Boolean> hasEnded(String transaction) {
        return transactions.hasEnded(transaction);
    }

    Mono<Void> record(Recording step) {
        return steps.send(step);
    }

    Mono<Void> move(Moving cursor) {
        return cursors.send(cursor);
    }

    /** The last word of each job. */
    private static List<Moving> lastOfEach(List<Moving> batch) {
        IdentityHashMap<LeasedJob, Moving> last = new IdentityHashMap<>();
        batch.forEach(each -> last.merge(each.job(), each, Moving::later));
        return last.size() == batch.size() ? batch : new ArrayList<>(last.values());
    }
}
