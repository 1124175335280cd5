package pages;

import io.headrace.Backoff;
import io.headrace.DiscardReport;
import io.headrace.FailedJobs;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.RetryReport;
import io.headrace.operate.FailureCause;
import io.headrace.spi.JobStore;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The program of docs/retries.md. */
final class Retries {

    record Letter(String to, String text) {}

    static final JobType<Letter> SEND = JobType.of("send-letter", Letter.class);

    static final class UnknownAddressException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    interface Post {
        Mono<Void> send(Letter letter);

        Mono<String> receipt(Letter letter);
    }

    private final Post post;
    private final JobOperator operator;

    Retries(JobStore store, Post post) {
        this.post = post;
        this.operator = JobOperator.create(store);
    }

    JobHandler<Letter> handler() {
        return JobHandler.of(SEND, job -> post.send(job.payload()))
                .timeout(Duration.ofMinutes(5))
                .retry(RetryPolicy.defaults()
                        .maxAttempts(5)
                        .backoff(Backoff.exponential(Duration.ofSeconds(1), 2, Duration.ofMinutes(1)))
                        .failAtOnce(UnknownAddressException.class));
    }

    static JobEngine engine(JobStore store, JobHandler<Letter> handler) {
        return JobEngine.builder(store).subscribe(handler).build();
    }

    Mono<Void> sendAndRetryHere(Letter letter) {
        return post.send(letter).retryWhen(Backoff.fixed(Duration.ofMillis(100)).retry(3));
    }

    Mono<String> waitForReceipt(Letter letter) {
        return post.receipt(letter)
                .repeatWhenEmpty(Backoff.linear(Duration.ofMillis(100)).whenEmpty(5));
    }

    Mono<RetryReport> retryAll() {
        return operator.retryFailed(FailedJobs.ofKind("send-letter"));
    }

    Mono<DiscardReport> discard(JobId id) {
        return operator.discard(FailedJobs.byId(List.of(id)));
    }

    Flux<String> causes() {
        return operator.failureCauses()
                .map(cause -> cause.count() + " jobs of " + cause.kinds() + ": " + cause.errorType() + " at "
                        + cause.frame());
    }

    Mono<JobId> tryOne(FailureCause cause) {
        return operator.probe(FailedJobs.withFingerprint(cause.fingerprint()));
    }

    Mono<RetryReport> retryTheRest(FailureCause cause) {
        return operator.retryFailed(FailedJobs.withFingerprint(cause.fingerprint()));
    }
}
