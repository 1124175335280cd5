package io.headrace.testkit.pipeline;

import io.headrace.PayloadTransform;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A transform that shows what it did: it reverses the bytes, marks them with its key, and no two results are the same. */
record Reversal(String name, @Nullable String keyId, Set<String> keys) implements PayloadTransform {

    private static final AtomicInteger NONCE = new AtomicInteger();

    Reversal(String name, String key, String... others) {
        this(name, key, union(key, others));
    }

    private static Set<String> union(String key, String... others) {
        Set<String> all = new HashSet<>(Set.of(others));
        all.add(key);
        return Set.copyOf(all);
    }

    @Override
    public String keyId(Target target) {
        return target.headers().getOrDefault("tenant", keyId);
    }

    @Override
    public byte[] encode(byte[] payload, Context context) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return (context.subject() + "|" + context.keyId() + "|" + NONCE.incrementAndGet() + "|"
                        + new StringBuilder(text).reverse())
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decode(byte[] stored, Context context) {
        if (!keys.contains(context.keyId())) {
            throw new IllegalStateException("there is no key '" + context.keyId() + "'");
        }
        String[] parts = new String(stored, StandardCharsets.UTF_8).split("\\|", 4);
        if (!parts[0].equals(context.subject()) || !parts[1].equals(context.keyId())) {
            throw new IllegalStateException("the bytes were changed");
        }
        return new StringBuilder(parts[3]).reverse().toString().getBytes(StandardCharsets.UTF_8);
    }
}
