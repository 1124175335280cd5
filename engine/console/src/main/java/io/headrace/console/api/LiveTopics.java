package io.headrace.console.api;

import io.headrace.JobOperator;
import io.headrace.console.json.JsonText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The topics of the live events, each with its events as JSON. */
public final class LiveTopics {

    private static final Logger log = LoggerFactory.getLogger(LiveTopics.class);
    private static final int OPERATIONS = 20;
    private static final Duration WHILE_RUNNING = Duration.ofSeconds(1);
    private static final Duration AT_REST = Duration.ofSeconds(5);

    private LiveTopics() {}

    /** Returns the topics by name. None completes or fails. */
    public static Map<String, Flux<String>> of(JobOperator operator) {
        Map<String, Flux<String>> topics = new LinkedHashMap<>();
        topics.put("live", operator.live().map(JsonText::of));
        topics.put("operations", operations(operator).map(JsonText::of).distinctUntilChanged());
        return topics;
    }

    /** Looks often only while something changes. */
    private static Flux<Latest> operations(JobOperator operator) {
        Mono<Latest> look = Mono.defer(() -> operator.bulk()
                        .list(OPERATIONS)
                        .map(OperationView::of)
                        .collectList()
                        .map(Latest::new))
                .doOnError(error -> log.debug("Bulk operations could not be read", error));
        return Flux.defer(() -> {
            AtomicBoolean isRunning = new AtomicBoolean();
            return look.doOnNext(latest -> isRunning.set(latest.isRunning()))
                    .onErrorComplete()
                    .repeatWhen(
                            rounds -> rounds.concatMap(round -> Mono.delay(isRunning.get() ? WHILE_RUNNING : AT_REST)));
        });
    }

    private record Latest(List<OperationView> operations) {

        /** Not a field of the event. */
        private boolean isRunning() {
            return operations.stream().anyMatch(each -> !each.state().isEnded());
        }
    }
}
