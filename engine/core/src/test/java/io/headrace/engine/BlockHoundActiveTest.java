package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** The other tests rely on blocking calls being found on threads that must not block. */
class BlockHoundActiveTest {

    @Test
    void aBlockingCallOnAParallelThreadIsFound() {
        Mono<Long> blocking = Mono.fromCallable(() -> {
                    TimeUnit.MILLISECONDS.sleep(1);
                    return 1L;
                })
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(blocking)
                .verifyErrorSatisfies(e -> assertThat(e).isInstanceOf(BlockingOperationError.class));
    }
}
