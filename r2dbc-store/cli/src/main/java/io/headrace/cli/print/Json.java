package io.headrace.cli.print;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes and checks JSON. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Checks that a text is one JSON value.
     *
     * @throws IllegalArgumentException if it is not; says where and why, in one line
     */
    public static void check(String text) {
        try {
            if (MAPPER.readTree(text).isMissingNode()) {
                throw new IllegalArgumentException("is empty");
            }
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + e.getOriginalMessage(),
                    e);
        }
    }
}
