package io.headrace.benchmarks.floor;

import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.sql.StatementFolder;

/** The statements that the store ships, read as it reads them. */
public final class StoreStatements {

    private StoreStatements() {}

    /** A statement by its room and the name of its file, such as {@code claim/claim}, for one schema. */
    public static String load(String name, String schema) {
        return new StatementFolder("/io/headrace/postgres/sql", new SchemaName(schema)).statement(name);
    }
}
