package io.headrace;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A transform that encodes only some of what is new. */
record LimitedTransform(PayloadTransform transform, Predicate<? super PayloadTransform.Target> limit)
        implements PayloadTransform {

    @Override
    public String name() {
        return transform.name();
    }

    @Override
    public boolean appliesTo(Target target) {
        return limit.test(target) && transform.appliesTo(target);
    }

    @Override
    public @Nullable String keyId(Target target) {
        return transform.keyId(target);
    }

    @Override
    public byte[] encode(byte[] json, Context context) throws Exception {
        return transform.encode(json, context);
    }

    @Override
    public byte[] decode(byte[] stored, Context context) throws Exception {
        return transform.decode(stored, context);
    }
}
