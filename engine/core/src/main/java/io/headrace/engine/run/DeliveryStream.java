package io.headrace.engine.run;

import io.headrace.Delivery;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.settle.Verdicts;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.util.context.Context;

/**
 * The jobs of one kind, settled by hand. Whatever the subscriber throws rather than signals ends the stream, not the claimer
 * behind it: the delivery on which it was thrown has failed, and the subscriber is sent the error.
 */
public final class DeliveryStream<T> {

    private static final Logger log = LoggerFactory.getLogger(DeliveryStream.class);

    private final JobType<T> type;
    private final RetryPolicy policy;
    private final AttemptTools tools;

    public DeliveryStream(JobType<T> type, RetryPolicy policy, AttemptTools tools) {
        this.type = type;
        this.policy = policy;
        this.tools = tools;
    }

    public Flux<Delivery<T>> of(Flux<LeasedJob> leased) {
        return new FluxOperator<LeasedJob, Delivery<T>>(leased) {
            @Override
            public void subscribe(CoreSubscriber<? super Delivery<T>> subscriber) {
                source.subscribe(new Hand(subscriber));
            }
        };
    }

    /** A job that cannot be read is a failed attempt, and none of the subscriber's business. */
    private @Nullable HandSettled<T> deliver(LeasedJob leased) {
        if (leased.lease().hasLost(leased.job().id())) {
            tools.settler().forget(leased);
            return null;
        }
        try {
            return new HandSettled<>(tools, type, leased, policy).begun();
        } catch (Throwable e) {
            tools.settler().settle(leased, Verdicts.of(e, leased, policy), policy, null);
            return null;
        }
    }

    /** Passes deliveries on. Reactor lets some errors through every operator, from the subscriber up to here. */
    private final class Hand implements CoreSubscriber<LeasedJob> {

        private final CoreSubscriber<? super Delivery<T>> subscriber;
        private @Nullable Subscription jobs;
        private boolean over;

        Hand(CoreSubscriber<? super Delivery<T>> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public Context currentContext() {
            return subscriber.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            jobs = subscription;
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(LeasedJob leased) {
            HandSettled<T> delivery = deliver(leased);
            if (delivery == null) {
                if (jobs != null) {
                    jobs.request(1);
                }
                return;
            }
            try {
                subscriber.onNext(delivery);
            } catch (Throwable e) {
                thrown(delivery, e);
            }
        }

        private void thrown(HandSettled<T> delivery, Throwable error) {
            over = true;
            if (jobs != null) {
                jobs.cancel();
            }
            delivery.failIfUnsettled(error);
            log.error(
                    "The subscriber to deliveries of kind '{}' threw on job {}, so its stream ends",
                    type.kind(),
                    delivery.job().id(),
                    ErrorText.readable(error));
            try {
                subscriber.onError(error);
            } catch (Throwable e) {
                log.debug("The subscriber threw again on receiving that error", ErrorText.readable(e));
            }
        }

        @Override
        public void onError(Throwable error) {
            if (!over) {
                subscriber.onError(error);
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                subscriber.onComplete();
            }
        }
    }
}
