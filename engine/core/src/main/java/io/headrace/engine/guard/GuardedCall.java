package io.headrace.engine.guard;

import io.headrace.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * A call of the store whose errors are signals. What it throws rather than signals, errors that Reactor throws on included, is
 * a failed call like any other, and one that may be made again.
 */
public final class GuardedCall<T> extends Mono<T> {

    private final Supplier<Mono<T>> call;

    private GuardedCall(Supplier<Mono<T>> call) {
        this.call = call;
    }

    public static <T> Mono<T> of(Supplier<Mono<T>> call) {
        return new GuardedCall<>(call);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> caller) {
        Answer<T> answer = new Answer<>(caller);
        try {
            call.get().subscribe(answer);
        } catch (Throwable e) {
            answer.thrown(e);
        }
    }

    private static Throwable asSignal(Throwable error) {
        return error instanceof Error
                ? new StoreException("The store threw " + ErrorText.line(error), true, null, error)
                : error;
    }

    private static final class Answer<T> implements CoreSubscriber<T>, Subscription {

        private final CoreSubscriber<? super T> caller;
        private volatile @Nullable Subscription call;
        private volatile boolean over;

        Answer(CoreSubscriber<? super T> caller) {
            this.caller = caller;
        }

        void thrown(Throwable error) {
            Subscription begun = call;
            if (begun == null) {
                over = true;
                Operators.error(caller, asSignal(error));
            } else if (!over) {
                begun.cancel();
                onError(error);
            }
        }

        @Override
        public Context currentContext() {
            return caller.currentContext();
        }

        @Override
        public void onSubscribe(Subscription begun) {
            call = begun;
            caller.onSubscribe(this);
        }

        @Override
        public void onNext(T value) {
            caller.onNext(value);
        }

        @Override
        public void onError(Throwable error) {
            if (!over) {
                over = true;
                caller.onError(asSignal(error));
            }
        }

        @Override
        public void onComplete() {
            if (!over) {
                over = true;
                caller.onComplete();
            }
        }

        @Override
        public void request(long n) {
            Subscription begun = call;
            if (begun != null) {
                begun.request(n);
            }
        }

        @Override
        public void cancel() {
            Subscription begun = call;
            if (begun != null) {
                begun.cancel();
            }
        }
    }
}
