package io.headrace.postgres.upkeep;

import io.headrace.postgres.sql.Columns;
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
public final class SchemaVersion {

    /** The migrations of this version, in the order in which they run. */
    public static final List<String> MIGRATIONS = List.of("V1__core");

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

    /** The migrations that the schema lacks. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>(MIGRATIONS);
        missing.removeAll(found.keySet());
        return missing;
    }

    /** Why this version cannot work with it, and what to do; {@code null} if it can. */
    public @Nullable String problem() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            return "Schema '" + schema.text() + "' is older than this version of Headrace requires; it lacks " + missing
                    + ". Run PostgresMigrations, or the SQL that it prints, before this version starts";
        }
        if (isTooNew()) {
            return "Schema '" + schema.text() + "' has generation " + generation()
                    + ", but this version of Headrace supports " + GENERATION + ". Deploy a newer version";
        }
        return null;
    }

    /** Whether it has a generation that this version does not know. */
    public boolean isTooNew() {
        return generation() > GENERATION;
    }

    /** The generation of the schema; 0 if nothing was migrated. */
    public int generation() {
        return found.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** The last migration that was run. */
    public String newest() {
        return found.isEmpty() ? "none" : Objects.requireNonNull(found.lastKey());
    }
}
