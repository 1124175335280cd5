package io.headrace.postgres;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.StatementFolder;
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

    /** Where they are on the class path. */
    static final String FOLDER = "/io/headrace/postgres/sql";

    static Statements of(SchemaName schema) {
        return of(new StatementFolder(FOLDER, schema)::statement);
    }

    /** From wherever the statement of a name, such as {@code claim/payloads}, is found. */
    static Statements of(UnaryOperator<String> named) {
        return new Statements(
                named.apply("upkeep/schema_version"),
                named.apply("enqueue/enqueue"),
                named.apply("enqueue/enqueue_keyed"),
                named.apply("enqueue/enqueue_and_claim"),
                named.apply("claim/claim"),
                named.apply("claim/payloads"),
                named.apply("settle/settle"),
                named.apply("settle/note"),
                named.apply("upkeep/sweep"),
                named.apply("upkeep/register"),
                named.apply("upkeep/heartbeat"),
                named.apply("upkeep/mark_waiting"),
                named.apply("upkeep/unregister"),
                named.apply("operate/cancel"),
                named.apply("operate/pause"),
                named.apply("operate/resume"),
                named.apply("operate/retry_failed"),
                named.apply("operate/discard"),
                named.apply("operate/count_pruned"),
                named.apply("upkeep/prune"),
                named.apply("upkeep/tidy"),
                named.apply("operate/find"),
                named.apply("operate/look"),
                named.apply("operate/queues"),
                named.apply("operate/workers"),
                named.apply("operate/served_queues"),
                named.apply("operate/totals"),
                named.apply("operate/audit"),
                named.apply("operate/depths"));
    }
}
