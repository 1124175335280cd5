package io.headrace.engine.client;

import io.headrace.JacksonPayloadCodec;
import io.headrace.JobConstraints;
import io.headrace.engine.json.JsonValues;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobInterceptor;
import io.headrace.signal.SignalAnswer;
import io.headrace.spi.NewSignal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Encodes signals, lets interceptors around them, and hands them to the store or to a transaction. Thread-safe. */
final class SignalSender {

    private static final JsonValues HEADERS = new JsonValues(new JacksonPayloadCodec());

    private final StoredValues values;
    private final List<JobInterceptor> interceptors;

    SignalSender(StoredValues values, List<JobInterceptor> interceptors) {
        this.values = values;
        this.interceptors = interceptors;
    }

    /**
     * Sends a signal.
     *
     * @param send takes it in the end
     */
    Mono<SignalAnswer> send(String key, @Nullable Object value, Function<NewSignal, Mono<SignalAnswer>> send) {
        return Mono.defer(() -> {
            String json = value == null ? null : values.writeSignal(key, value);
            return around(
                    interceptors,
                    JobConstraints.signalKey(key),
                    Map.of(),
                    headers -> send.apply(new NewSignal(key, json, text(headers))));
        });
    }

    private static @Nullable String text(Map<String, String> headers) {
        return headers.isEmpty() ? null : HEADERS.write("the headers of the signal", headers);
    }

    /** The first interceptor is outermost. What an inner one adds does not replace what an outer one has added. */
    private static Mono<SignalAnswer> around(
            List<JobInterceptor> interceptors,
            String key,
            Map<String, String> outer,
            Function<Map<String, String>, Mono<SignalAnswer>> send) {
        if (interceptors.isEmpty()) {
            return send.apply(outer);
        }
        List<JobInterceptor> inner = interceptors.subList(1, interceptors.size());
        return interceptors.get(0).signal(key, added -> {
            Map<String, String> all = new LinkedHashMap<>(added);
            all.putAll(outer);
            return around(inner, key, all, send);
        });
    }
}
