package io.headrace;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transform that applies to new payloads of some kinds only. */
record KindsTransform(PayloadTransform transform, Set<String> kinds) implements PayloadTransform {

    @Override
    public String name() {
        return transform.name();
    }

    @Override
    public boolean appliesTo(String kind) {
        return kinds.contains(kind) && transform.appliesTo(kind);
    }

    @Override
    public @Nullable String keyId(String kind, Map<String, String> headers) {
        return transform.keyId(kind, headers);
    }

    @Override
    public byte[] encode(byte[] payload, Context context) throws Exception {
        return transform.encode(payload, context);
    }

    @Override
    public byte[] decode(byte[] stored, Context context) throws Exception {
        return transform.decode(stored, context);
    }
}
