package io.headrace.testkit.contract;

import io.headrace.spi.EncodedJob;
import io.headrace.spi.EnqueueTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A job to enqueue, of which a test says only what matters to it. Immutable. */
record Draft(
        String queue,
        String kind,
        int priority,
        Duration delay,
        @Nullable Instant runAt,
        String payload,
        @Nullable String headers,
        @Nullable Integer maxAttempts,
        @Nullable String uniqueKey,
        @Nullable EnqueueTerms terms) {

    static final String QUEUE = "mill";
    static final String KIND = "grind";
    static final String OTHER_KIND = "sift";

    static Draft job() {
        return new Draft(QUEUE, KIND, 4, Duration.ZERO, null, "{\"n\":0}", null, null, null, null);
    }

    /** Alike but for their payloads, from {@code {"n":0}} up. */
    static List<EncodedJob> jobs(int count) {
        return jobs(count, draft -> draft);
    }

    static List<EncodedJob> jobs(int count, UnaryOperator<Draft> change) {
        return IntStream.range(0, count)
                .mapToObj(n -> change.apply(job().payload("{\"n\":" + n + "}")).encode())
                .toList();
    }

    Draft queue(String value) {
        return new Draft(value, kind, priority, delay, runAt, payload, headers, maxAttempts, uniqueKey, terms);
    }

    Draft kind(String value) {
        return new Draft(queue, value, priority, delay, runAt, payload, headers, maxAttempts, uniqueKey, terms);
    }

    Draft priority(int value) {
        return new Draft(queue, kind, value, delay, runAt, payload, headers, maxAttempts, uniqueKey, terms);
    }

    Draft delay(Duration value) {
        return new Draft(queue, kind, priority, value, null, payload, headers, maxAttempts, uniqueKey, terms);
    }

    Draft runAt(Instant value) {
        return new Draft(queue, kind, priority, Duration.ZERO, value, payload, headers, maxAttempts, uniqueKey, terms);
    }

    Draft payload(String json) {
        return new Draft(queue, kind, priority, delay, runAt, json, headers, maxAttempts, uniqueKey, terms);
    }

    Draft headers(String json) {
        return new Draft(queue, kind, priority, delay, runAt, payload, json, maxAttempts, uniqueKey, terms);
    }

    Draft maxAttempts(int value) {
        return new Draft(queue, kind, priority, delay, runAt, payload, headers, value, uniqueKey, terms);
    }

    Draft uniqueKey(String value) {
        return new Draft(queue, kind, priority, delay, runAt, payload, headers, maxAttempts, value, terms);
    }

    Draft uniqueFor(Duration period) {
        return on(new EnqueueTerms.UniqueFor(period));
    }

    Draft throttle(String key, int most, Duration period) {
        return on(new EnqueueTerms.Throttle(key, most, period));
    }

    Draft debounce(String key, Duration quiet, Duration atMost) {
        return delay(quiet).on(new EnqueueTerms.Debounce(key, atMost));
    }

    private Draft on(EnqueueTerms value) {
        return new Draft(queue, kind, priority, delay, runAt, payload, headers, maxAttempts, uniqueKey, value);
    }

    EncodedJob encode() {
        return new EncodedJob(queue, kind, priority, delay, runAt, payload, headers, maxAttempts, uniqueKey, terms);
    }
}
