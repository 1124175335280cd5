package io.headrace.postgres;

import io.headrace.StoreException;
import io.headrace.postgres.sql.SchemaName;
import java.util.List;
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
            String schema, Mismatch mismatch, String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, false, sqlState, cause);
        this.schema = schema;
        this.mismatch = mismatch;
    }

    static SchemaMismatchException missing(SchemaName schema, StoreException cause) {
        return new SchemaMismatchException(
                schema.text(),
                Mismatch.MISSING,
                "schema '" + schema.text() + "': " + cause.getMessage(),
                cause.sqlState(),
                cause);
    }

    static SchemaMismatchException older(SchemaName schema, List<String> missing) {
        return new SchemaMismatchException(
                schema.text(),
                Mismatch.OLDER,
                "schema '" + schema.text() + "' is older than this version of Headrace needs, it lacks " + missing
                        + ": run PostgresMigrations, or the SQL that it prints, before this version starts",
                null,
                null);
    }

    static SchemaMismatchException newer(SchemaName schema, int generation, int known) {
        return new SchemaMismatchException(
                schema.text(),
                Mismatch.NEWER,
                "schema '" + schema.text() + "' is of generation " + generation + ", this version of Headrace knows "
                        + known + ": deploy a newer version",
                null,
                null);
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
