package io.headrace.testkit.memory.enqueue;

import io.headrace.InvalidJobException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.PayloadCodec;
import java.util.Map;
import java.util.regex.Pattern;

/** Refuses what a column of type jsonb would refuse, so that a test against memory finds it too. */
final class StorableJson {

    /** The escape of U+0000, unless its backslash is itself escaped. */
    private static final Pattern NUL = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\u0000");

    private static final PayloadCodec CODEC = new JacksonPayloadCodec();

    private StorableJson() {}

    /** @throws InvalidJobException if the text cannot be stored */
    static void check(String field, String json) {
        // Looked for plainly first: a payload may be long.
        if (json.contains("\\u0000") && NUL.matcher(json).find()) {
            throw new InvalidJobException(field, "holds the character U+0000, which cannot be stored");
        }
        try {
            // As a member of an object, because a null by itself is JSON too.
            Object unused = CODEC.read("{\"json\":" + json + "}", Map.class);
        } catch (RuntimeException e) {
            throw new InvalidJobException(field, "is not JSON: " + e.getMessage(), e);
        }
    }
}
