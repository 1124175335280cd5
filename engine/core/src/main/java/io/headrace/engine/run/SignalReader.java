package io.headrace.engine.run;

import io.headrace.Backoff;
import io.headrace.JacksonPayloadCodec;
import io.headrace.JobConstraints;
import io.headrace.StoreException;
import io.headrace.engine.flush.SharedCalls;
import io.headrace.engine.json.JsonValues;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobInterceptor;
import io.headrace.spi.SignalQuestion;
import io.headrace.spi.SignalReading;
import io.headrace.spi.SignalStore;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Asks the store for the signals that handlers want: those of all jobs that ask at the same time in one statement. Thread-safe. */
public final class SignalReader {

    private static final JsonValues HEADERS = new JsonValues(new JacksonPayloadCodec());

    private static final int MOST_QUESTIONS = 500;
    /** An answer may have 64 KiB. */
    private static final int MOST_STATEMENTS = 2;

    private static final int TRIES = 10;
    private static final Backoff STORE_AWAY =
            Backoff.exponential(Duration.ofMillis(50), 2, Duration.ofSeconds(2)).jitter(0.2);

    private final SignalStore store;
    private final StoredValues values;
    private final List<JobInterceptor> interceptors;
    private final SharedCalls<SignalQuestion, SignalReading> questions;

    public SignalReader(SignalStore store, StoredValues values, List<JobInterceptor> interceptors) {
        this.store = store;
        this.values = values;
        this.interceptors = interceptors;
        this.questions = new SharedCalls<>(MOST_QUESTIONS, MOST_STATEMENTS, this::ask);
    }

    /** As {@link io.headrace.Job#signal(String, Class)} says. */
    @SuppressWarnings("unchecked") // the caller says that the type is that
    public <T> Mono<T> value(long job, String key, Type type) {
        return read(job, key).flatMap(reading -> {
            String json = reading.value();
            return json == null ? Mono.empty() : Mono.justOrEmpty((T) values.readSignal(key, json, type));
        });
    }

    /** Whether it has come. */
    public Mono<SignalReading.State> state(long job, String key) {
        return read(job, key).map(SignalReading::state);
    }

    private Mono<SignalReading> read(long job, String key) {
        return Mono.defer(() -> {
            SignalQuestion question = new SignalQuestion(job, JobConstraints.signalKey(key));
            return questions.ask(question).flatMap(reading -> told(key, reading));
        });
    }

    private Mono<SignalReading> told(String key, SignalReading reading) {
        String json = reading.headers();
        if (json == null || interceptors.isEmpty()) {
            return Mono.just(reading);
        }
        Map<String, String> headers = headers(json);
        return Flux.fromIterable(interceptors)
                .concatMap(interceptor -> interceptor.signalRead(key, headers))
                .then(Mono.just(reading));
    }

    @SuppressWarnings("unchecked") // SignalSender wrote a map from text to text
    private static Map<String, String> headers(String json) {
        return Map.copyOf((Map<String, String>) HEADERS.read("the headers of the signal", json, Map.class));
    }

    private Mono<List<SignalReading>> ask(List<SignalQuestion> asked) {
        return Mono.defer(() -> store.read(asked))
                .retryWhen(STORE_AWAY.retry(TRIES, error -> error instanceof StoreException e && e.isPassing()));
    }
}
