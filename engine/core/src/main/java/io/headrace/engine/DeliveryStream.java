package io.headrace.engine;

import io.headrace.Delivery;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spi.Verdict;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The jobs of one kind, settled by hand. */
final class DeliveryStream<T> {

    private final JobType<T> type;
    private final RetryPolicy policy;
    private final AttemptTools tools;

    DeliveryStream(JobType<T> type, RetryPolicy policy, AttemptTools tools) {
        this.type = type;
        this.policy = policy;
        this.tools = tools;
    }

    Flux<Delivery<T>> of(JobClaimer claimer) {
        return claimer.jobs().handle((leased, sink) -> {
            Delivery<T> delivery = deliver(leased);
            if (delivery != null) {
                sink.next(delivery);
            }
        });
    }

    /** A job that cannot be read is a failed attempt, and none of the subscriber's business. */
    private @Nullable Delivery<T> deliver(LeasedJob leased) {
        if (leased.lease().hasLost(leased.job().id())) {
            tools.settler().forget(leased);
            return null;
        }
        try {
            return new HandSettled<>(tools, type, leased, policy).begun();
        } catch (RuntimeException e) {
            Verdict verdict = Verdicts.of(e, leased.job(), policy);
            tools.settler().settle(leased, verdict, policy.backoff().jitter(), null);
            return null;
        }
    }
}
