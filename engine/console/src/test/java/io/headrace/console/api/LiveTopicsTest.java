package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.bulk.BulkOperator;
import io.headrace.console.events.EventStreams;
import io.headrace.testkit.InMemoryJobStore;
import io.headrace.testkit.ManualClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the live events tell, and how often the store is asked for it. */
class LiveTopicsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final InMemoryJobStore store = InMemoryJobStore.held(ManualClock.create());
    private final JobOperator operator = JobOperator.create(store);
    private final AtomicInteger looks = new AtomicInteger();

    @AfterEach
    void realTime() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void aLiveEventFitsTheDocument() {
        JobClient.create(store)
                .enqueue(JobType.of("send-letter", String.class).job("hello"))
                .block();
        JsonNode view =
                new JsonMapper().readTree(LiveTopics.of(operator).get("live").blockFirst());
        assertThat(view.path("queues")).hasSize(1);
        assertThat(errors("LiveView", view)).isEmpty();
    }

    @Test
    void anEventAboutOperationsFitsTheDocument() {
        Api.of(operator)
                .post("/operations", "{\"action\": \"CANCEL\", \"queue\": \"mail\"}")
                .ok();
        JsonNode latest = new JsonMapper()
                .readTree(LiveTopics.of(operator).get("operations").blockFirst());
        assertThat(latest.path("operations")).hasSize(1);
        assertThat(errors("Operations", latest)).isEmpty();
    }

    private static List<String> errors(String schema, JsonNode value) {
        JsonNode document = OpenApi.read().document();
        return new Schemas(document).errors(document.at("/components/schemas/" + schema), value);
    }

    @Test
    void fiftyConnectionsAskAsOftenAsOneAndNoneDoesNotAsk() {
        EventStreams events = new EventStreams(LiveTopics.of(counted()));
        Disposable one = open(events);
        time.advanceTimeBy(MINUTE);
        int asked = looks.getAndSet(0);
        assertThat(asked).isBetween(1, 60);
        List<Disposable> more =
                IntStream.range(0, 49).mapToObj(i -> open(events)).toList();
        time.advanceTimeBy(MINUTE);
        assertThat(looks.getAndSet(0)).isLessThanOrEqualTo(asked);
        one.dispose();
        more.forEach(Disposable::dispose);
        looks.set(0);
        time.advanceTimeBy(MINUTE);
        assertThat(looks).hasValue(0);
    }

    @Test
    void operationsThatHaveNotChangedAreNoEvent() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Disposable open = LiveTopics.of(operator).get("operations").subscribe(seen::add);
        time.advanceTimeBy(MINUTE);
        assertThat(seen).hasSize(1);
        open.dispose();
    }

    private static Disposable open(EventStreams events) {
        return events.open(events.topics(), new DefaultDataBufferFactory())
                .concatMap(group -> group)
                .subscribe();
    }

    /** An operator whose lists of bulk operations are counted. */
    private JobOperator counted() {
        BulkOperator bulk = (BulkOperator) Proxy.newProxyInstance(
                BulkOperator.class.getClassLoader(),
                new Class<?>[] {BulkOperator.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(operator.bulk(), arguments);
                    return answer instanceof Flux<?> flux
                            ? flux.doOnSubscribe(look -> looks.incrementAndGet())
                            : answer;
                });
        return (JobOperator) Proxy.newProxyInstance(
                JobOperator.class.getClassLoader(),
                new Class<?>[] {JobOperator.class},
                (proxy, method, arguments) ->
                        method.getName().equals("bulk") ? bulk : method.invoke(operator, arguments));
    }
}
