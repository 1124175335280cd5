package io.headrace.benchmarks.features;

import io.headrace.benchmarks.headrace.CallersTransactions;

/** Each job is enqueued in a transaction of its caller; compared with as many callers without a transaction. */
record CallersTransaction() implements Feature {

    private static final int CALLERS = 16;

    @Override
    public String name() {
        return "transaction";
    }

    @Override
    public String what() {
        return "enqueued alone in the caller's transaction, 16 callers";
    }

    @Override
    public Feature plain() {
        return new Alone();
    }

    @Override
    public void enqueue(Place place, Numbers numbers) {
        try (CallersTransactions transactions = place.headrace().transactions()) {
            transactions.withJob(numbers.count());
        }
    }

    /** Without a transaction. */
    private record Alone() implements Feature {

        @Override
        public String name() {
            return "alone";
        }

        @Override
        public String what() {
            return "enqueued alone, 16 callers";
        }

        @Override
        public void enqueue(Place place, Numbers numbers) {
            place.enqueueAlone(numbers.stream().mapToObj(place::job), CALLERS);
        }
    }
}
