package io.headrace.micrometer;

import io.micrometer.observation.Observation;
import java.util.Map;

/** The observation context of a handler that reads a signal. */
public final class SignalReadContext extends Observation.Context {

    private final String key;
    private final Map<String, String> headers;

    SignalReadContext(String key, Map<String, String> headers) {
        this.key = key;
        this.headers = headers;
    }

    /** The key of the signal. */
    public String key() {
        return key;
    }

    /** What was stored with the signal: the trace in which it was sent. */
    public Map<String, String> headers() {
        return headers;
    }
}
