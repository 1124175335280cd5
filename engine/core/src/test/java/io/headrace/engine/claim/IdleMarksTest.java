package io.headrace.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.HeartbeatReply;
import io.headrace.spi.HeartbeatRequest;
import io.headrace.spi.NewWorker;
import io.headrace.spi.SweepReport;
import io.headrace.spi.WorkerRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class IdleMarksTest {

    private final HeldMarks store = new HeldMarks();
    private final IdleMarks marks = new IdleMarks(store, () -> 7);
    private final List<String> told = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Marks stay on their way until they are answered. */
    private static final class HeldMarks implements WorkerRegistry {

        private final List<Set<String>> marked = new ArrayList<>();
        private final List<Sinks.Empty<Void>> answers = new ArrayList<>();

        @Override
        public Mono<Void> markIdle(long worker, Set<String> queues) {
            assertThat(worker).isEqualTo(7);
            marked.add(queues);
            Sinks.Empty<Void> answer = Sinks.empty();
            answers.add(answer);
            return answer.asMono();
        }

        @Override
        public Mono<Long> register(NewWorker worker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<HeartbeatReply> heartbeat(HeartbeatRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> unregister(long worker) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<SweepReport> sweep(long worker) {
            throw new UnsupportedOperationException();
        }
    }

    private void mark(String queue) {
        marks.add(queue, () -> told.add(queue), () -> failed.add(queue));
    }

    @Test
    void queuesThatFallIdleMeanwhileAreToldTogether() {
        mark("mill");
        mark("weir");
        mark("pond");
        assertThat(store.marked).containsExactly(Set.of("mill"));

        store.answers.get(0).tryEmitEmpty();
        assertThat(told).containsExactly("mill");
        assertThat(store.marked).containsExactly(Set.of("mill"), Set.of("weir", "pond"));

        store.answers.get(1).tryEmitEmpty();
        assertThat(told).containsExactly("mill", "weir", "pond");
        assertThat(failed).isEmpty();
    }

    @Test
    void aFailureIsThatOfAllWhoWereToldTogether() {
        mark("mill");
        mark("weir");
        mark("pond");
        store.answers.get(0).tryEmitEmpty();

        store.answers.get(1).tryEmitError(new IllegalStateException("away"));

        assertThat(failed).containsExactly("weir", "pond");
        mark("sluice");
        assertThat(store.marked.get(2)).containsExactly("sluice");
    }
}
