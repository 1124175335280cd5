package io.headrace.cli.command;

import io.headrace.cli.connection.Database;
import io.headrace.cli.connection.DatabaseUrl;
import io.headrace.cli.connection.PgVariables;
import io.headrace.cli.end.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Says which database and schema a command works on. */
public final class ConnectionOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = {
                "The database, as postgresql://, r2dbc:postgresql:// or jdbc:postgresql://.",
                "Default: DATABASE_URL, else PGHOST, PGPORT, PGDATABASE, PGUSER and PGPASSWORD."
            })
    private @Nullable String url;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            defaultValue = "headrace",
            description = "The schema of Headrace's tables. Default: headrace.")
    private String schema = "headrace";

    @Option(
            names = "--pooler",
            description = {
                "The URL leads to a pooler in transaction mode, such as PgBouncer: prepare no statements and change",
                "nothing in sessions, as with notifications(false)."
            })
    private boolean pooler;

    /** Finds the database; warns of parameters of the URL that it leaves out. */
    public Database database(Shell shell) {
        Database database = find(shell);
        if (!database.ignored().isEmpty()) {
            shell.err().println("headrace: warning: ignored in the URL: " + String.join(", ", database.ignored()));
        }
        return pooler ? database.withoutPreparedStatements() : database;
    }

    /** Whether sessions are shared with other clients. */
    public boolean isPooled() {
        return pooler;
    }

    private Database find(Shell shell) {
        PgVariables variables = new PgVariables(shell.environment());
        String given = url != null ? url : shell.environment().getOrDefault("DATABASE_URL", "");
        if (!given.isEmpty()) {
            return DatabaseUrl.read(given, variables);
        }
        if (!variables.nameADatabase()) {
            throw RefusedException.wrongArguments(
                    "No database is given. Pass --url, or set DATABASE_URL, or PGHOST, PGDATABASE and PGUSER");
        }
        return variables.database();
    }

    public String schema() {
        return schema;
    }
}
