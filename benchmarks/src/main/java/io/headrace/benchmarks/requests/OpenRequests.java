package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.run.SteadyRate;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Sends requests at moments that are set beforehand, whatever becomes of those before, and measures from these moments: what is
 * late counts for all that waited behind it.
 */
final class OpenRequests implements AutoCloseable {

    private static final int CONNECTIONS = 256;
    private static final int AT_A_TIME = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LONGEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    private final ConnectionProvider connections = ConnectionProvider.builder("requests")
            .maxConnections(CONNECTIONS)
            .pendingAcquireMaxCount(-1)
            .pendingAcquireTimeout(PATIENCE)
            .build();
    private final HttpClient client;
    private final byte[] body;

    /**
     * Sends nothing yet.
     *
     * @param bodyBytes how long the text of a request is
     */
    OpenRequests(int port, int bodyBytes) {
        this.client = HttpClient.create(connections)
                .host("127.0.0.1")
                .port(port)
                .headers(headers -> headers.set("Content-Type", "text/plain"));
        this.body = "x".repeat(bodyBytes).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends so many and waits for their answers; in nanoseconds from when each was to be sent until its answer was there.
     *
     * @param rate requests a second
     * @throws IllegalStateException if one is not answered with 200
     */
    Histogram post(String path, int rate, int requests) throws InterruptedException {
        Histogram took = new ConcurrentHistogram(LONGEST_NANOS, DIGITS);
        CountDownLatch left = new CountDownLatch(requests);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        SteadyRate times = SteadyRate.of(rate);
        for (int nr = 0; nr < requests; nr++) {
            long at = times.await(nr);
            answer(path)
                    .doOnError(e -> failure.compareAndSet(null, e))
                    .onErrorComplete()
                    .doFinally(signal -> {
                        took.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - at));
                        left.countDown();
                    })
                    .subscribe();
        }
        boolean all = left.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (!all || failure.get() != null) {
            throw new IllegalStateException("not every request to " + path + " was answered", failure.get());
        }
        return took;
    }

    /** Sends requests for so long, a few at a time, each as soon as another is answered; how many those were. */
    long hurry(String path, Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        return Flux.<Integer>generate(sink -> {
                    if (System.nanoTime() < end) {
                        sink.next(1);
                    } else {
                        sink.complete();
                    }
                })
                .flatMap(one -> answer(path).thenReturn(one), AT_A_TIME, 1)
                .count()
                .blockOptional(howLong.plus(PATIENCE))
                .orElseThrow();
    }

    private Mono<Void> answer(String path) {
        return client.post()
                .uri(path)
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response()
                .flatMap(response -> response.status().code() == 200
                        ? Mono.empty()
                        : Mono.error(new IllegalStateException(path + " answered " + response.status())));
    }

    /** What is answered to a GET. */
    String get(String path) {
        return client.get()
                .uri(path)
                .responseContent()
                .aggregate()
                .asString()
                .blockOptional(PATIENCE)
                .orElse("");
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
