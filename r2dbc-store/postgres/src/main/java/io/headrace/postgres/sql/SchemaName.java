package io.headrace.postgres.sql;

import io.headrace.InvalidSettingException;
import java.util.regex.Pattern;

/** The schema that everything is in, as it is put into statements: hence only what needs no quotes. */
public record SchemaName(String text) {

    /** What PostgreSQL cuts a name to. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    /** The schema {@code headrace}. */
    public static final SchemaName DEFAULT = new SchemaName("headrace");

    /**
     * Checks the name.
     *
     * @throws InvalidSettingException if the name would need quotes, or is too long
     */
    public SchemaName {
        if (!PLAIN.matcher(text).matches()) {
            throw new InvalidSettingException(
                    "schema",
                    "'" + text + "' must be 1 to 63 characters of a-z, 0-9 and _, starting with a letter or _");
        }
    }
}
