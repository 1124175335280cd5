package io.headrace.spring.handler;

import io.headrace.Job;
import io.headrace.JobOutcome;
import io.headrace.spring.NoTransactionException;
import io.headrace.spring.transaction.CurrentTransaction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.ReactiveTransaction;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls handlers in reactive transactions, in which their jobs are completed. Thread-safe. */
final class InTransaction {

    private final TransactionalOperator operator;
    private final CurrentTransaction current;

    private InTransaction(TransactionalOperator operator, CurrentTransaction current) {
        this.operator = operator;
        this.current = current;
    }

    /**
     * Finds the transaction manager; {@code null} if the jobs are not in a database, as in tests.
     *
     * @throws io.headrace.spring.HeadraceSetupException if there is none, or several
     */
    static @Nullable InTransaction of(BeanFactory beans, String where) {
        CurrentTransaction current =
                beans.getBeanProvider(CurrentTransaction.class).getIfAvailable();
        if (current == null) {
            return null;
        }
        ReactiveTransactionManager manager =
                beans.getBeanProvider(ReactiveTransactionManager.class).getIfUnique();
        if (manager == null) {
            throw Unusable.withoutManager(where);
        }
        return new InTransaction(TransactionalOperator.create(manager), current);
    }

    /** The lease comes first: the connection of the transaction is not held meanwhile, and any isolation level sees it. */
    Publisher<?> around(Job<Object> job, Function<Job<Object>, Publisher<?>> handler) {
        return job.prepareTransaction().thenMany(operator.execute(transaction -> run(transaction, job, handler)));
    }

    private Mono<JobOutcome> run(
            ReactiveTransaction transaction, Job<Object> job, Function<Job<Object>, Publisher<?>> handler) {
        return Flux.from(handler.apply(job))
                .ofType(JobOutcome.class)
                .takeLast(1)
                .single(JobOutcome.complete())
                .flatMap(outcome -> {
                    if (outcome instanceof JobOutcome.Complete || outcome instanceof JobOutcome.CompleteWith) {
                        return current.find()
                                .switchIfEmpty(Mono.error(NoTransactionException::new))
                                .flatMap(joined -> job.completeIn(joined, outcome))
                                .then(Mono.empty());
                    }
                    transaction.setRollbackOnly();
                    return Mono.just(outcome);
                });
    }
}
