package io.headrace.engine.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.Claim;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.CompletionLook;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.LeasedPart;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import io.headrace.spi.PollAnswer;
import io.headrace.spi.PollRequest;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class ClaimFlushTest {

    private final HeldClaims store = new HeldClaims();
    private final ClaimFlush claims = new ClaimFlush(store);
    private final List<String> made = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** Claims stay on their way until they are answered. */
    private static final class HeldClaims implements LeaseStore {

        private final List<List<ClaimRequest>> asked = new ArrayList<>();
        private final List<Sinks.One<List<Claim>>> answers = new ArrayList<>();

        @Override
        public Mono<Claim> claim(ClaimRequest request) {
            return claim(List.of(request)).map(claims -> claims.get(0));
        }

        @Override
        public Mono<List<Claim>> claim(List<ClaimRequest> requests) {
            return Mono.defer(() -> {
                asked.add(requests);
                Sinks.One<List<Claim>> answer = Sinks.one();
                answers.add(answer);
                return answer.asMono();
            });
        }

        void answer(int nr) {
            List<Claim> nothing =
                    asked.get(nr).stream().map(request -> Claim.nothing()).toList();
            assertThat(answers.get(nr).tryEmitValue(nothing)).isEqualTo(Sinks.EmitResult.OK);
        }

        void fail(int nr) {
            assertThat(answers.get(nr).tryEmitError(new IllegalStateException("away")))
                    .isEqualTo(Sinks.EmitResult.OK);
        }

        @Override
        public Mono<List<PollAnswer>> poll(List<PollRequest> requests) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<List<Payload>> payloads(List<PayloadRequest> requests) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<List<Long>> split(long worker, List<LeasedPart> parts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<List<CompletionLook.Answer>> completions(long worker, List<CompletionLook> looks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> note(long worker, List<ProgressNote> notes) {
            throw new UnsupportedOperationException();
        }
    }

    private void claim(String queue, int jobs) {
        claim(1, queue, jobs);
    }

    private void claim(long worker, String queue, int jobs) {
        ClaimRequest.Terms terms = new ClaimRequest.Terms(3, Duration.ofMinutes(5));
        claims.claim(
                new ClaimRequest(worker, queue, Map.of("grind", terms), jobs),
                claim -> made.add(queue),
                error -> failed.add(queue));
    }

    private void claimFromFourQueues() {
        for (int nr = 0; nr < 4; nr++) {
            claim("first-" + nr, 10);
        }
        assertThat(store.asked).hasSize(4);
    }

    private List<String> queuesAsked(int nr) {
        return store.asked.get(nr).stream().map(ClaimRequest::queue).toList();
    }

    @Test
    void whileFewAreOnTheirWayAClaimLeavesAtOnce() {
        claimFromFourQueues();
        store.answer(2);

        assertThat(made).containsExactly("first-2");
    }

    @Test
    void thoseThatComeMeanwhileLeaveAsOne() {
        claimFromFourQueues();
        claim("mill", 10);
        claim("weir", 10);
        claim("pond", 10);
        assertThat(store.asked).hasSize(4);

        store.answer(0);
        assertThat(queuesAsked(4)).containsExactly("mill", "weir", "pond");
        store.answer(4);

        assertThat(made).containsExactly("first-0", "mill", "weir", "pond");
    }

    @Test
    void aFailureIsThatOfAllInTheClaim() {
        claimFromFourQueues();
        claim("mill", 10);
        claim("weir", 10);
        store.fail(0);
        store.fail(4);

        assertThat(failed).containsExactly("first-0", "mill", "weir");
        claim("pond", 10);
        assertThat(queuesAsked(5)).containsExactly("pond");
    }

    @Test
    void aQueueIsInAClaimOnceAndSoIsAWorker() {
        claimFromFourQueues();
        claim("mill", 10);
        claim("mill", 20);
        claim(2, "weir", 10);
        store.answer(0);
        store.answer(4);
        store.answer(5);
        store.answer(6);

        assertThat(store.asked.subList(4, 7))
                .extracting(requests -> requests.get(0).queue())
                .containsExactly("mill", "mill", "weir");
        assertThat(made).containsExactly("first-0", "mill", "mill", "weir");
    }

    @Test
    void aClaimTakesNoMoreThanSomeThousandsOfJobsAtATime() {
        claimFromFourQueues();
        for (int nr = 0; nr < 10; nr++) {
            claim("queue-" + nr, 1_000);
        }

        store.answer(0);

        assertThat(store.asked.get(4)).hasSize(4);
    }
}
