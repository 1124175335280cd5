package io.headrace.postgres;

import io.headrace.HeadraceException;
import io.headrace.StoreException;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.SchemaName;
import io.headrace.postgres.upkeep.SchemaVersion;
import org.jspecify.annotations.Nullable;

/** The schema is not one that this version of Headrace can work with. Nothing was changed; no other try will mend it. */
public final class SchemaMismatchException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final String schema;
    private final Mismatch mismatch;

    /** How the schema is, and this version of Headrace cannot have it. */
    public enum Mismatch {
        /** There are no tables of Headrace's. */
        MISSING,
        /** It lacks migrations. */
        OLDER,
        /** It is of a generation that this version does not know. */
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
                        schema, Mismatch.MISSING, "schema '" + schema.text() + "': " + cause.getMessage(), cause)
                : error;
    }

    /** Which schema it is. */
    public String schema() {
        return schema;
    }

    /** How it is. */
    public Mismatch mismatch() {
        return mismatch;
    }
}
