package io.headrace.postgres;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.StatementFolder;
import io.headrace.postgres.sql.Statements;
import java.util.Map;
import java.util.function.Function;

/**
 * The statements of the version before this one, which run on this version's schema while a new version is rolled out. They
 * are a copy, taken anew with every release, of the commit that was released last; until the first release there is none, and
 * they are today's:
 *
 * <pre>{@code
 * git archive COMMIT:r2dbc-store/postgres/src/main/resources/io/headrace/postgres sql \
 *     | tar -x -C r2dbc-store/postgres/src/test/resources/io/headrace/postgres/previous
 * }</pre>
 *
 * <p>A statement that it did not have is today's: nothing of that version asks for it. A parameter that one of them did not
 * have is added to its text here, so that it is bound and means nothing.
 */
final class PreviousVersion {

    private static final String FOLDER = "/io/headrace/postgres/previous/sql";

    private static final Map<String, String> NEW_PARAMETERS = Map.of();

    static final Function<SchemaName, Statements> STATEMENTS = schema ->
            name -> new StatementFolder(folderOf(name), schema).statement(name) + NEW_PARAMETERS.getOrDefault(name, "");

    private PreviousVersion() {}

    private static String folderOf(String name) {
        return PreviousVersion.class.getResource(FOLDER + "/" + name + ".sql") == null ? Statements.FOLDER : FOLDER;
    }
}
