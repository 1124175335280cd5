package io.headrace.benchmarks.requests;

/** What a request does; each has a path in the {@link RequestsApp} and a name in the metrics. */
enum Endpoint {
    /** Inserts a row, by itself. */
    ROW("/rows", "row"),
    /** Inserts a row, in a transaction. */
    TRANSACTION("/rows-in-transaction", "row_in_transaction"),
    /** Inserts a row and enqueues a job, in a transaction. */
    JOB("/rows-with-job", "row_with_job");

    private final String path;
    private final String metric;

    Endpoint(String path, String metric) {
        this.path = path;
        this.metric = metric;
    }

    String path() {
        return path;
    }

    String metric() {
        return metric;
    }
}
