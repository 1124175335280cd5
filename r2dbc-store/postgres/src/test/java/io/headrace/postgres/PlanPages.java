package io.headrace.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many pages a prepared statement touches. */
final class PlanPages {

    private static final Pattern PAGES = Pattern.compile("Buffers: shared hit=(\\d+)(?: read=(\\d+))?");

    private PlanPages() {}

    /** Executes it. */
    static long of(Statement session, String execute) throws SQLException {
        try (ResultSet lines = session.executeQuery("EXPLAIN (ANALYZE, BUFFERS) " + execute)) {
            while (lines.next()) {
                Matcher pages = PAGES.matcher(lines.getString(1));
                if (pages.find()) {
                    // The first line with pages is the whole plan's.
                    return Long.parseLong(pages.group(1))
                            + (pages.group(2) == null ? 0 : Long.parseLong(pages.group(2)));
                }
            }
        }
        throw new AssertionError("no pages in the plan of " + execute);
    }

    /** From now on, nothing that goes can be cleared away. */
    static void holdSnapshot(Connection reader) throws SQLException {
        reader.setAutoCommit(false);
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = reader.createStatement()) {
            statement.execute("SELECT 1");
        }
    }
}
