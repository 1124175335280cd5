package io.headrace.console.events;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The live events, as server-sent events. All connections share one subscription to each topic, which begins with the first
 * connection and ends with the last. A connection ends after a while, so that a browser connects, and is checked, again.
 * Thread-safe.
 */
public final class EventStreams {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final String COMMENT = "";
    private static final String OPENING = "retry: 2000\n\n";

    private final Map<String, Flux<String>> topics = new LinkedHashMap<>();
    private final Duration heartbeat;
    private final Duration longest;
    private volatile Sinks.Empty<Void> end = Sinks.empty();
    private boolean isEnded;

    /** @param sources the topics, each with its events as JSON; none may complete or fail */
    public EventStreams(Map<String, Flux<String>> sources) {
        this(sources, HEARTBEAT, LONGEST);
    }

    EventStreams(Map<String, Flux<String>> sources, Duration heartbeat, Duration longest) {
        sources.forEach((topic, events) -> topics.put(
                topic,
                events.map(json -> "event: " + topic + "\ndata: " + json + "\n\n")
                        .replay(1)
                        .refCount(1)));
        this.heartbeat = heartbeat;
        this.longest = longest;
    }

    /** Returns the names of the topics. */
    public Set<String> topics() {
        return topics.keySet();
    }

    /** Lets streams begin, as they may at first. Idempotent. */
    public synchronized void begin() {
        if (isEnded) {
            end = Sinks.empty();
            isEnded = false;
        }
    }

    /** Ends all streams; those that begin later end at once, until {@link #begin}. Idempotent. */
    public synchronized void end() {
        isEnded = true;
        Sinks.EmitResult unused = end.tryEmitEmpty();
    }

    /** Returns the stream of one connection, each element to be flushed. It asks for an event only when it can be sent. */
    public Flux<Publisher<DataBuffer>> open(Collection<String> names, DataBufferFactory buffers) {
        return Flux.defer(() -> {
            Outbox outbox = new Outbox();
            outbox.put(COMMENT, OPENING);
            Stream<Flux<Boolean>> events = names.stream()
                    .map(name -> topics.getOrDefault(name, Flux.never()).map(event -> put(outbox, name, event)));
            Flux<Boolean> beats = Flux.interval(heartbeat).map(beat -> put(outbox, COMMENT, ":\n\n"));
            List<Flux<Boolean>> all =
                    Stream.concat(Stream.of(Flux.just(true), beats), events).toList();
            return Flux.merge(all)
                    .onBackpressureLatest()
                    .<Publisher<DataBuffer>>map(put -> Mono.fromSupplier(() -> buffer(outbox, buffers)))
                    .take(longest)
                    .takeUntilOther(end.asMono());
        });
    }

    private static boolean put(Outbox outbox, String name, String event) {
        outbox.put(name, event);
        return true;
    }

    private static @Nullable DataBuffer buffer(Outbox outbox, DataBufferFactory buffers) {
        String text = outbox.take();
        return text.isEmpty() ? null : buffers.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
