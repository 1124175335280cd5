package io.headrace.benchmarks.features;

import io.headrace.Job;
import io.headrace.benchmarks.headrace.CallersTransactions;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.spi.JobTransaction;
import reactor.core.publisher.Mono;

/** Each handler inserts a row in a transaction, in which more is recorded; compared with the transaction alone. */
record HandlersTransaction(String name, String what, Work work) implements Feature {

    static final Feature COMPLETION = new HandlersTransaction(
            "complete_in",
            "completed in the handler's transaction, which inserts a row",
            (job, transaction, insert) -> insert.then(job.completeIn(transaction)));

    static final Feature STEP = new HandlersTransaction(
            "step_in",
            "a step in the handler's transaction, which inserts a row",
            (job, transaction, insert) -> job.stepIn(transaction, "row", () -> insert));

    private static final Feature ROW = new HandlersTransaction(
            "row", "a transaction in the handler, which inserts a row", (job, transaction, insert) -> insert);

    /** What a job does in its transaction. */
    interface Work {
        Mono<Void> in(Job<Payload> job, JobTransaction transaction, Mono<Void> insert);
    }

    @Override
    public Feature plain() {
        return ROW;
    }

    @Override
    public void drain(Place place, int jobs) throws InterruptedException {
        try (CallersTransactions transactions = place.headrace().transactions()) {
            place.drain(
                    jobs,
                    (job, done) -> transactions
                            .oneWithRow(
                                    job.payload().sequence(),
                                    (transaction, insert) -> work.in(job, transaction, insert))
                            .then(Mono.defer(done::one)));
        }
    }
}
