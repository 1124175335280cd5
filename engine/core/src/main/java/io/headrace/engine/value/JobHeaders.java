package io.headrace.engine.value;

import io.headrace.JacksonPayloadCodec;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransforms;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the headers of jobs. */
public final class JobHeaders {

    private static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private JobHeaders() {}

    /** All headers, as they are stored. */
    @SuppressWarnings("unchecked") // JobEncoder wrote a map from text to text
    public static Map<String, String> all(@Nullable String json) {
        return json == null ? Map.of() : Map.copyOf((Map<String, String>) HEADERS.read(json, Map.class));
    }

    /** Those of the application. */
    public static Map<String, String> own(Map<String, String> all) {
        if (!all.containsKey(PayloadTransforms.HEADER)) {
            return all;
        }
        Map<String, String> own = new HashMap<>(all);
        own.remove(PayloadTransforms.HEADER);
        return Map.copyOf(own);
    }
}
