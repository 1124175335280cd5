package io.headrace.postgres;

import io.headrace.InvalidSettingException;
import java.util.regex.Pattern;

/** The schema that everything stands in, as it is put into statements: hence only what needs no quotes. */
record SchemaName(String text) {

    /** What PostgreSQL cuts a name to. */
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    static final SchemaName DEFAULT = new SchemaName("headrace");

    SchemaName {
        if (!PLAIN.matcher(text).matches()) {
            throw new InvalidSettingException(
                    "schema", "'" + text + "' is not 1 to 63 of a-z, 0-9 and _, beginning with a letter or _");
        }
    }
}
