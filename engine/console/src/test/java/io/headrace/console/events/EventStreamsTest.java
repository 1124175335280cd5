package io.headrace.console.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** The streams of events, without a network, under virtual time. */
class EventStreamsTest {

    private static final String OPENING = "retry: 2000\n\n";

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final Sinks.Many<String> source = Sinks.many().multicast().directBestEffort();
    private final AtomicInteger sources = new AtomicInteger();
    private final EventStreams events = new EventStreams(Map.of(
            "live",
            source.asFlux()
                    .doOnSubscribe(begin -> sources.incrementAndGet())
                    .doFinally(end -> sources.decrementAndGet())));

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void anEventIsNamedAfterItsTopic() {
        List<String> seen = new ArrayList<>();
        Disposable open = open().subscribe(seen::add);
        emit("{\"n\":1}");
        assertThat(seen).containsExactly(OPENING, "event: live\ndata: {\"n\":1}\n\n");
        open.dispose();
    }

    @Test
    void anySubscribersShareOneSourceAndNoneNeedsNone() {
        List<String> seen = new ArrayList<>();
        List<Disposable> all = IntStream.range(0, 50)
                .mapToObj(i -> open().subscribe(seen::add))
                .toList();
        assertThat(sources).hasValue(1);
        seen.clear();
        emit("1");
        assertThat(seen).hasSize(50);
        all.forEach(Disposable::dispose);
        assertThat(sources).hasValue(0);
    }

    @Test
    void whoeverComesLateGetsTheLatestEventAtOnce() {
        Disposable first = open().subscribe();
        emit("1");
        emit("2");
        List<String> seen = new ArrayList<>();
        Disposable second = open().subscribe(seen::add);
        assertThat(String.join("", seen)).isEqualTo(OPENING + "event: live\ndata: 2\n\n");
        first.dispose();
        second.dispose();
    }

    @Test
    void aSlowClientMissesEventsAndGetsTheLatest() {
        List<String> seen = new ArrayList<>();
        BaseSubscriber<Publisher<DataBuffer>> slow = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(Publisher<DataBuffer> group) {
                String text = text(group);
                if (text != null) {
                    seen.add(text);
                }
            }
        };
        events.open(List.of("live"), new DefaultDataBufferFactory()).subscribe(slow);
        IntStream.rangeClosed(1, 1_000).forEach(i -> emit("" + i));
        slow.request(10);
        assertThat(String.join("", seen)).isEqualTo(OPENING + "event: live\ndata: 1000\n\n");
        slow.dispose();
    }

    @Test
    void aQuietStreamHasAHeartbeat() {
        List<String> seen = new ArrayList<>();
        Disposable open = open().subscribe(seen::add);
        time.advanceTimeBy(Duration.ofSeconds(31));
        assertThat(seen).containsExactly(OPENING, ":\n\n", ":\n\n");
        open.dispose();
    }

    @Test
    void aStreamEndsAfterAWhileSoThatItIsCheckedAgain() {
        AtomicInteger ended = new AtomicInteger();
        Disposable unused = open().doOnComplete(ended::incrementAndGet).subscribe();
        time.advanceTimeBy(Duration.ofMinutes(15));
        assertThat(ended).hasValue(1);
        assertThat(sources).hasValue(0);
    }

    @Test
    void allStreamsEndWithTheConsole() {
        AtomicInteger ended = new AtomicInteger();
        IntStream.range(0, 3)
                .forEach(i -> open().doOnComplete(ended::incrementAndGet).subscribe());
        events.end();
        assertThat(ended).hasValue(3);
        assertThat(sources).hasValue(0);
        Disposable unused = open().doOnComplete(ended::incrementAndGet).subscribe();
        assertThat(ended).hasValue(4);
        events.begin();
        Disposable again = open().doOnComplete(ended::incrementAndGet).subscribe();
        assertThat(ended).hasValue(4);
        assertThat(sources).hasValue(1);
        again.dispose();
    }

    private void emit(String json) {
        source.emitNext(json, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** What is sent, group by group, as a fast client reads it. */
    private Flux<String> open() {
        return events.open(List.of("live"), new DefaultDataBufferFactory())
                .concatMap(group -> Mono.justOrEmpty(text(group)));
    }

    private static String text(Publisher<DataBuffer> group) {
        return Mono.from(group)
                .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                .block();
    }
}
