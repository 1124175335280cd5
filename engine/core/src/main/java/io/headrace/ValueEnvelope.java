package io.headrace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that is stored transformed: a JSON object with the field {@link PayloadTransforms#HEADER}. No other value has this
 * field at the top.
 *
 * @param header names the transforms
 * @param json what they made of the value: a JSON string in Base64
 */
record ValueEnvelope(String header, String json) {

    private static final String VALUE = "value";
    private static final String UNKNOWN = "unknown";

    /** As jsonb writes it. */
    static String text(PayloadTransforms.Encoded encoded) {
        // The id of a key may contain these two.
        String header = encoded.header().replace("\\", "\\\\").replace("\"", "\\\"");
        return "{\"" + VALUE + "\": " + encoded.json() + ", \"" + PayloadTransforms.HEADER + "\": \"" + header + "\"}";
    }

    /** What a value is an envelope of; {@code null} if it is none. */
    static @Nullable ValueEnvelope parse(TransformSubject subject, String json) throws TransformFailure {
        if (!is(json)) {
            return null;
        }
        Map<?, ?> fields = fields(json);
        if (fields.size() == 2
                && fields.get(PayloadTransforms.HEADER) instanceof String header
                && fields.get(VALUE) instanceof String value) {
            return new ValueEnvelope(header, '"' + value + '"');
        }
        throw TransformFailure.notAnEnvelope(subject);
    }

    /** The names of the transforms, if it was stored by a client; {@code null} if it is no envelope. */
    static @Nullable String header(String json) {
        if (!is(json)) {
            return null;
        }
        return fields(json).get(PayloadTransforms.HEADER) instanceof String header ? header : UNKNOWN;
    }

    private static Map<?, ?> fields(String json) {
        try {
            return AppliedTransform.HEADERS.read(json, Map.class) instanceof Map<?, ?> map ? map : Map.of();
        } catch (RuntimeException e) {
            // Somebody has written it with SQL, and deeper or longer than Jackson reads.
            return Map.of();
        }
    }

    /** Whether a JSON text is an object that has the field at the top. */
    static boolean is(String json) {
        int first = skipSpace(json, 0);
        return first < json.length()
                && json.charAt(first) == '{'
                && (json.contains(PayloadTransforms.HEADER) || json.contains("\\u"))
                && hasField(json, first + 1);
    }

    /** Looks at the names of the fields of an object, and passes over their values. */
    private static boolean hasField(String json, int from) {
        int depth = 1;
        boolean name = true;
        int at = from;
        while (at < json.length() && depth > 0) {
            char c = json.charAt(at);
            if (c == '"') {
                int end = endOfString(json, at);
                if (depth == 1 && name && isField(json, at + 1, end - 1)) {
                    return true;
                }
                at = end;
                continue;
            }
            if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (depth == 1 && (c == ',' || c == ':')) {
                name = c == ',';
            }
            at++;
        }
        return false;
    }

    private static int endOfString(String json, int quote) {
        int at = quote + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /** Whether a string says the name of the field, perhaps with escapes. */
    private static boolean isField(String json, int from, int end) {
        int at = from;
        for (int i = 0; i < PayloadTransforms.HEADER.length(); i++) {
            if (at >= end) {
                return false;
            }
            char c = json.charAt(at);
            if (c == '\\' && at + 5 < end && json.charAt(at + 1) == 'u') {
                c = (char) Integer.parseInt(json, at + 2, at + 6, 16);
                at += 5;
            }
            if (c != PayloadTransforms.HEADER.charAt(i)) {
                return false;
            }
            at++;
        }
        return at == end;
    }

    private static int skipSpace(String json, int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }
}
