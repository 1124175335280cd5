package io.headrace.postgres;

import io.headrace.HeadraceException;
import io.headrace.StoreException;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaVersion;
import org.jspecify.annotations.Nullable;

/** Thrown when this version of Headrace cannot work with the schema. Nothing was changed. Retrying does not help. */
public final class SchemaMismatchException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String schema;
    private final Mismatch mismatch;

    /** What is wrong with the schema. */
    public enum Mismatch {
        /** The schema contains no tables of Headrace. */
        MISSING,
        /** Migrations are missing. */
        OLDER,
        /** The schema has a generation that this version does not know. */
        NEWER
    }

    private SchemaMismatchException(
            SchemaName schema, Mismatch mismatch, String message, @Nullable StoreException cause) {
        super(message, false, cause == null ? null : cause.sqlState(), cause);
        this.schema = schema.text();
        this.mismatch = mismatch;
    }

    /** @throws SchemaMismatchException if this version cannot work with a schema of that version, saying what to do */
    static void require(SchemaName schema, SchemaVersion version) {
        String problem = version.problem();
        if (problem != null) {
            Mismatch mismatch = version.missing().isEmpty() ? Mismatch.NEWER : Mismatch.OLDER;
            throw new SchemaMismatchException(schema, mismatch, problem, null);
        }
    }

    /** What a check of the schema signals: a table that is not there says that the schema is missing. */
    static HeadraceException orElse(SchemaName schema, HeadraceException error) {
        return error instanceof StoreException cause && SqlErrors.isUndefined(cause.sqlState())
                ? new SchemaMismatchException(
                        schema,
                        Mismatch.MISSING,
                        "Schema '" + schema.text() + "' cannot be used. " + cause.getMessage(),
                        cause)
                : error;
    }

    /** The name of the schema. */
    public String schema() {
        return schema;
    }

    /** What is wrong with the schema. */
    public Mismatch mismatch() {
        return mismatch;
    }
}
