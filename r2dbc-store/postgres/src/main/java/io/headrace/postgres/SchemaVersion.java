package io.headrace.postgres;

import io.headrace.postgres.sql.SchemaName;
import io.r2dbc.spi.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether this version of Headrace can work with the schema as it is. A schema that lacks a migration cannot be worked with.
 * One that has more can, for as long as they are of the same generation: so the schema is migrated first, while engines of
 * the version before still run, and the new version is rolled out after.
 */
final class SchemaVersion {

    /** The migrations of this version, in the order in which they run. */
    static final List<String> MIGRATIONS = List.of("V1__core");

    /** The generation that they make. */
    static final int GENERATION = 1;

    private final SchemaName schema;
    private final TreeMap<String, Integer> found = new TreeMap<>();

    SchemaVersion(SchemaName schema) {
        this.schema = schema;
    }

    /** Takes a row; what it returns says nothing. */
    boolean take(Readable row) {
        found.put(Columns.text(row, "migration"), Columns.integer(row, "generation"));
        return true;
    }

    /** @throws SchemaMismatchException if it cannot, saying what to do */
    void check() {
        List<String> missing = new ArrayList<>(MIGRATIONS);
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            throw SchemaMismatchException.older(schema, missing);
        }
        int newest = found.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        if (newest > GENERATION) {
            throw SchemaMismatchException.newer(schema, newest, GENERATION);
        }
    }

    /** Why it cannot, and what to do; {@code null} if it can. */
    @Nullable
    String problem() {
        try {
            check();
            return null;
        } catch (SchemaMismatchException e) {
            return e.getMessage();
        }
    }

    /** The last migration that was run. */
    String newest() {
        return found.isEmpty() ? "none" : Objects.requireNonNull(found.lastKey());
    }
}
