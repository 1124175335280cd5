package pages;

import io.headrace.JobOperator;
import io.headrace.QueueSnapshot;
import io.headrace.spi.JobStore;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/pausing.md. */
final class Pausing {

    private final JobOperator operator;

    Pausing(JobStore store) {
        operator = JobOperator.create(store);
    }

    <T> Mono<T> whilePaused(String queue, Mono<T> maintenance) {
        return Mono.usingWhen(
                operator.pause(queue).thenReturn(queue), paused -> maintenance, paused -> operator.resume(paused));
    }

    Flux<String> paused() {
        return operator.queues().filter(QueueSnapshot::paused).map(QueueSnapshot::queue);
    }
}
