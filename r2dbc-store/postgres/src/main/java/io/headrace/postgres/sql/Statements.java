package io.headrace.postgres.sql;

/** Where the rooms get their statements from. Immutable. */
@FunctionalInterface
public interface Statements {

    /** Where they are on the class path. */
    String FOLDER = "/io/headrace/postgres/sql";

    /** A statement, whole, by room and file without its extension, such as {@code claim/payloads}. */
    String named(String name);

    /** The statements of this version. */
    static Statements of(SchemaName schema) {
        return new StatementFolder(FOLDER, schema)::statement;
    }
}
