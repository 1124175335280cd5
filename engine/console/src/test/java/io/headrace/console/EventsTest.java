package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headrace.JobOperator;
import io.headrace.bulk.BulkAction;
import io.headrace.bulk.WaitingJobs;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** Live events over real connections. */
class EventsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BROWSERS = 50;

    private final AtomicInteger readers = new AtomicInteger();
    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());
    private final ConnectionProvider connections = ConnectionProvider.create("browsers", BROWSERS);
    private ConsoleServer server;

    @BeforeEach
    void start() {
        server = ConsoleServer.builder(counted())
                .port(0)
                .allow(Set.of(Right.CANCEL))
                .start()
                .block(PATIENCE);
    }

    @AfterEach
    void stop() {
        server.stop().block(PATIENCE);
        connections.disposeLater().block(PATIENCE);
    }

    @Test
    void aBrowserHearsOfABulkOperation() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Disposable open = events("operations").subscribe(heard::add);
        await().atMost(PATIENCE).until(() -> text(heard).contains("event: operations\ndata: {\"operations\":[]}\n\n"));
        operator.bulk()
                .start(new BulkAction.Cancel(WaitingJobs.inQueue("mail")))
                .block(PATIENCE);
        await().atMost(PATIENCE).until(() -> text(heard).contains("\"state\":\"DONE\""));
        open.dispose();
    }

    @Test
    void noProxyKeepsEventsBack() {
        String headers = client().get()
                .uri(server.uri() + "api/v1/events")
                .response(
                        (response, body) -> Mono.just(response.responseHeaders().toString()))
                .blockFirst(PATIENCE);
        assertThat(headers)
                .contains("text/event-stream", "X-Accel-Buffering: no", "no-store")
                .doesNotContainIgnoringCase("content-encoding");
    }

    @Test
    void fiftyBrowsersReadTheStoreAsOftenAsOneAndNoneDoesNot() {
        Set<Integer> heard = ConcurrentHashMap.newKeySet();
        List<Disposable> open = IntStream.range(0, BROWSERS)
                .mapToObj(browser ->
                        events("live").filter(text -> text.contains("data: ")).subscribe(text -> heard.add(browser)))
                .toList();
        await().atMost(PATIENCE).until(() -> heard.size() == BROWSERS);
        assertThat(readers).hasValue(1);
        open.forEach(Disposable::dispose);
        await().atMost(PATIENCE).until(() -> readers.get() == 0);
    }

    @Test
    void streamsEndWhenTheServerStops() {
        List<String> heard = new CopyOnWriteArrayList<>();
        Mono<Void> ended = events("live").doOnNext(heard::add).then().cache();
        Disposable open = ended.subscribe();
        await().atMost(PATIENCE).until(() -> text(heard).contains("event: live"));
        server.stop().block(PATIENCE);
        ended.block(PATIENCE);
        assertThat(readers).hasValue(0);
        open.dispose();
    }

    @Test
    void aTopicThatDoesNotExistIsAProblem() {
        assertThat(text(events("weather").collectList().block(PATIENCE)))
                .contains("INVALID_PARAMETER", "topics: 'weather' is none of [")
                .contains("operations");
    }

    /** An operator whose live views are counted while somebody follows them. */
    private JobOperator counted() {
        return (JobOperator) Proxy.newProxyInstance(
                JobOperator.class.getClassLoader(), new Class<?>[] {JobOperator.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(operator, arguments);
                    return method.getName().equals("live")
                            ? ((Flux<?>) answer)
                                    .doOnSubscribe(begin -> readers.incrementAndGet())
                                    .doFinally(end -> readers.decrementAndGet())
                            : answer;
                });
    }

    private Flux<String> events(String topics) {
        return client().get()
                .uri(server.uri() + "api/v1/events?topics=" + topics)
                .responseContent()
                .asString();
    }

    private HttpClient client() {
        return HttpClient.create(connections);
    }

    private static String text(List<String> parts) {
        return String.join("", parts);
    }
}
