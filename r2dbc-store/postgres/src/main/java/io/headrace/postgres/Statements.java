package io.headrace.postgres;

import java.util.function.UnaryOperator;

/** The statements, for one schema. */
record Statements(
        String schemaVersion,
        String enqueue,
        String enqueueKeyed,
        String enqueueAndClaim,
        String claim,
        String payloads,
        String settle,
        String note,
        String sweep,
        String register,
        String heartbeat,
        String markWaiting,
        String unregister,
        String cancel,
        String pause,
        String resume,
        String retryFailed,
        String discard,
        String countPruned,
        String prune,
        String tidy,
        String find,
        String look,
        String queues,
        String workers,
        String servedQueues,
        String totals,
        String audit,
        String depths) {

    static Statements of(SchemaName schema) {
        return of(name -> Resources.statement("sql", name, schema));
    }

    /** From wherever a statement of a name is found. */
    static Statements of(UnaryOperator<String> named) {
        return new Statements(
                named.apply("schema_version"),
                named.apply("enqueue"),
                named.apply("enqueue_keyed"),
                named.apply("enqueue_and_claim"),
                named.apply("claim"),
                named.apply("payloads"),
                named.apply("settle"),
                named.apply("note"),
                named.apply("sweep"),
                named.apply("register"),
                named.apply("heartbeat"),
                named.apply("mark_waiting"),
                named.apply("unregister"),
                named.apply("cancel"),
                named.apply("pause"),
                named.apply("resume"),
                named.apply("retry_failed"),
                named.apply("discard"),
                named.apply("count_pruned"),
                named.apply("prune"),
                named.apply("tidy"),
                named.apply("find"),
                named.apply("look"),
                named.apply("queues"),
                named.apply("workers"),
                named.apply("served_queues"),
                named.apply("totals"),
                named.apply("audit"),
                named.apply("depths"));
    }
}
