package io.headrace.micrometer;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The observation context of a signal that is sent. What a tracer writes into its carrier is stored with the signal. */
public final class SignalContext extends SenderContext<Map<String, String>> {

    private final String key;

    SignalContext(String key) {
        super((carrier, name, value) -> Objects.requireNonNull(carrier).put(name, value), Kind.PRODUCER);
        this.key = key;
        setCarrier(new LinkedHashMap<>());
    }

    /** The key of the signal. */
    public String key() {
        return key;
    }

    Map<String, String> headers() {
        return Map.copyOf(Objects.requireNonNull(getCarrier()));
    }
}
