package io.headrace.spring.autoconfigure;

import io.headrace.StoreException;
import io.headrace.postgres.SchemaMismatchException;
import io.headrace.postgres.TransactionPoolerException;
import io.r2dbc.spi.R2dbcException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What the database says to an application that starts. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String TOO_MANY_CONNECTIONS = "53300";
    private static final String NOT_AUTHORIZED = "28";
    private static final String NOT_CONNECTED = "08";

    /** A prepared statement is there that should not be, or is not there, or has other parameters. */
    private static final Set<String> LOST_STATEMENTS = Set.of("42P05", "26000", "08P01");

    private static final String BEHIND_POOLER =
            "Behind a pooler in transaction mode, set headrace.store.notifications=false, append"
                    + " preparedStatementCacheQueries=0 to spring.r2dbc.url, and migrate over a direct connection to the server"
                    + " (headrace.migration.url). Or give the jobs a ConnectionFactory that connects to the server directly,"
                    + " annotated with @HeadraceConnectionFactory.";

    private static final String BY_HAND =
            "run the SQL printed by the main class io.headrace.postgres.PostgresMigrations"
                    + " and set headrace.migrate=validate";

    @Override
    protected FailureAnalysis analyze(Throwable whole, StoreException cause) {
        String remedy = cause instanceof SchemaMismatchException mismatch
                ? remedy(mismatch)
                : cause instanceof TransactionPoolerException ? BEHIND_POOLER : remedy(sqlState(cause));
        return new FailureAnalysis(sentence(cause), remedy, cause);
    }

    private static String sentence(StoreException cause) {
        String message = String.valueOf(cause.getMessage());
        return "Headrace cannot use the database: " + message + (message.endsWith(".") ? "" : ".");
    }

    private static String remedy(SchemaMismatchException mismatch) {
        return switch (mismatch.mismatch()) {
            case MISSING, OLDER ->
                "Let the application migrate the schema (headrace.migrate=on-start), or at deployment " + BY_HAND
                        + ". If Headrace's tables are in another schema, set headrace.store.schema; it is currently '"
                        + mismatch.schema() + "' now.";
            case NEWER ->
                "A newer version of Headrace migrated this schema. Deploy that version, or give this"
                        + " application its own schema with headrace.store.schema.";
        };
    }

    private static String remedy(@Nullable String sqlState) {
        String state = sqlState == null ? NOT_CONNECTED : sqlState;
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return "Migrate as a user that may create the schema (headrace.migration.username and"
                    + " headrace.migration.password; it needs GRANT CREATE ON DATABASE), or " + BY_HAND + ".";
        }
        if (state.equals(NO_SUCH_DATABASE)) {
            return "Create the database, or correct its name in spring.r2dbc.url.";
        }
        if (state.equals(TOO_MANY_CONNECTIONS)) {
            return "The server has no connections left. Lower headrace.store.max-connections (9 by default) and"
                    + " spring.r2dbc.pool.max-size (10 by default) in each instance, or raise the server's max_connections.";
        }
        if (LOST_STATEMENTS.contains(state)) {
            return BEHIND_POOLER;
        }
        if (state.startsWith(NOT_AUTHORIZED)) {
            return "Correct the user and password of spring.r2dbc.url, or those of headrace.migration.* if they are set.";
        }
        if (state.startsWith(NOT_CONNECTED)) {
            return "Check that the server is running and reachable from here, and that the host and port of spring.r2dbc.url are"
                    + " correct (and headrace.migration.url, if it is set).";
        }
        return "Check the database's error above and its log (SQLSTATE " + state + ").";
    }

    /** Flyway's exceptions have none of their own. */
    private static @Nullable String sqlState(StoreException error) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            String state = each instanceof StoreException store
                    ? store.sqlState()
                    : each instanceof SQLException jdbc
                            ? jdbc.getSQLState()
                            : each instanceof R2dbcException r2dbc ? r2dbc.getSqlState() : null;
            if (state != null) {
                return state;
            }
        }
        return null;
    }
}
