package io.headrace.postgres;

import java.util.function.Function;

/**
 * The statements of the version before this one, which run on this version's schema while a new version is rolled out. They
 * are a copy, taken anew with every release, of the commit that was released last:
 *
 * <pre>{@code
 * git archive COMMIT:r2dbc-store/postgres/src/main/resources/io/headrace/postgres sql \
 *     | tar -x -C r2dbc-store/postgres/src/test/resources/io/headrace/postgres/previous
 * }</pre>
 *
 * <p>A statement that it did not have is today's: nothing of that version asks for it.
 */
final class PreviousVersion {

    static final Function<SchemaName, Statements> STATEMENTS =
            schema -> Statements.of(name -> Resources.statement(folderOf(name), name, schema));

    private PreviousVersion() {}

    private static String folderOf(String name) {
        return PreviousVersion.class.getResource("previous/sql/" + name + ".sql") == null ? "sql" : "previous/sql";
    }
}
