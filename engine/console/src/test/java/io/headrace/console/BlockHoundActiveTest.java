package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The other tests rely on a blocking call being found on the threads that serve requests. */
class BlockHoundActiveTest {

    @Test
    void aBlockingCallIsFound() {
        Mono<Void> blocking = Mono.<Void>fromCallable(() -> {
                    TimeUnit.MILLISECONDS.sleep(1);
                    return null;
                })
                .subscribeOn(Schedulers.parallel());
        assertThatThrownBy(blocking::block).hasCauseInstanceOf(BlockingOperationError.class);
    }
}
