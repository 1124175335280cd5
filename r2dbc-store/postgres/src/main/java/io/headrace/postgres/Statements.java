package io.headrace.postgres;

/** The statements, for one schema. */
record Statements(
        String schemaVersion,
        String enqueue,
        String enqueueKeyed,
        String claim,
        String settle,
        String sweep,
        String register,
        String heartbeat,
        String markWaiting,
        String unregister,
        String cancel,
        String retryFailed,
        String discard,
        String countPruned,
        String prune,
        String find,
        String audit) {

    static Statements of(SchemaName schema) {
        return new Statements(
                Resources.statement("schema_version", schema),
                Resources.statement("enqueue", schema),
                Resources.statement("enqueue_keyed", schema),
                Resources.statement("claim", schema),
                Resources.statement("settle", schema),
                Resources.statement("sweep", schema),
                Resources.statement("register", schema),
                Resources.statement("heartbeat", schema),
                Resources.statement("mark_waiting", schema),
                Resources.statement("unregister", schema),
                Resources.statement("cancel", schema),
                Resources.statement("retry_failed", schema),
                Resources.statement("discard", schema),
                Resources.statement("count_pruned", schema),
                Resources.statement("prune", schema),
                Resources.statement("find", schema),
                Resources.statement("audit", schema));
    }
}
