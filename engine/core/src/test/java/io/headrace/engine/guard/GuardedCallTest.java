package io.headrace.engine.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.StoreException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class GuardedCallTest {

    private static void failsAsACallThatMayBeMadeAgain(Mono<?> call) {
        StepVerifier.create(call).verifyErrorSatisfies(error -> {
            assertThat(error).isInstanceOf(StoreException.class).hasMessageContaining("NoClassDefFoundError: Driver");
            assertThat(((StoreException) error).isPassing()).isTrue();
            assertThat(error.getCause()).isInstanceOf(NoClassDefFoundError.class);
        });
    }

    private static Mono<String> thrown() {
        throw new NoClassDefFoundError("Driver");
    }

    @Test
    void anErrorThrownByTheCallIsASignal() {
        failsAsACallThatMayBeMadeAgain(GuardedCall.of(GuardedCallTest::thrown));
    }

    @Test
    void anErrorThrownOnSubscribingIsASignal() {
        failsAsACallThatMayBeMadeAgain(GuardedCall.of(() -> Mono.defer(GuardedCallTest::thrown)));
    }

    @Test
    void anErrorThrownAfterSubscribingIsASignalAndTheRestIsCancelled() {
        AtomicBoolean cancelled = new AtomicBoolean();
        failsAsACallThatMayBeMadeAgain(GuardedCall.of(() -> Flux.just(1, 2)
                .doOnCancel(() -> cancelled.set(true))
                .flatMap(one -> thrown())
                .single()));
        assertThat(cancelled).isTrue();
    }

    @Test
    void anErrorThatIsSignalledIsAFailedCallToo() {
        failsAsACallThatMayBeMadeAgain(GuardedCall.of(() -> Mono.error(new NoClassDefFoundError("Driver"))));
    }

    @Test
    void anExceptionStaysWhatItIs() {
        StepVerifier.create(GuardedCall.of(() -> Mono.error(new IllegalStateException("no"))))
                .verifyErrorMatches(error -> error instanceof IllegalStateException);
        StepVerifier.create(GuardedCall.of(() -> {
                    throw new IllegalStateException("no");
                }))
                .verifyErrorMatches(error -> error instanceof IllegalStateException);
    }

    @Test
    void answersPassThrough() {
        StepVerifier.create(GuardedCall.of(() -> Mono.just("flour")))
                .expectNext("flour")
                .verifyComplete();
        StepVerifier.create(GuardedCall.of(Mono::empty)).verifyComplete();
    }
}
