package io.headrace.engine.run;

import io.headrace.BatchOutcome;
import io.headrace.Job;
import io.headrace.JobBatch;
import io.headrace.JobOutcome;
import io.headrace.engine.settle.FollowUpInterception;
import io.headrace.observe.JobInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * Has the follow-ups of outcomes intercepted as the handler emits them: there the context has what the interceptors of the
 * attempt have put into it. The innermost of all interceptors.
 */
public record OutcomeInterceptor(FollowUpInterception followUps) implements JobInterceptor {

    @Override
    public <T> Publisher<?> run(Job<T> job, Function<? super Job<T>, ? extends Publisher<?>> handler) {
        return intercepted(handler.apply(job));
    }

    @Override
    public <T> Publisher<?> runBatch(JobBatch<T> batch, Function<? super JobBatch<T>, ? extends Publisher<?>> handler) {
        return intercepted(handler.apply(batch));
    }

    @SuppressWarnings("NullAway") // the runner turns a handler's null into a HandlerContractException
    private Publisher<?> intercepted(@Nullable Publisher<?> answer) {
        return answer == null
                ? null
                : Flux.from(answer).<Object>handle((value, sink) -> sink.next(intercepted(value, sink.contextView())));
    }

    private Object intercepted(Object value, ContextView context) {
        if (value instanceof JobOutcome outcome) {
            return followUps.around(outcome, context);
        }
        if (value instanceof BatchOutcome outcome) {
            return ofOne(outcome, context);
        }
        return value instanceof Iterable<?> values ? ofSeveral(values, context) : value;
    }

    private BatchOutcome ofOne(BatchOutcome said, ContextView context) {
        JobOutcome outcome = said.outcome();
        return outcome == null ? said : new BatchOutcome(said.job(), followUps.around(outcome, context), null);
    }

    private List<Object> ofSeveral(Iterable<?> values, ContextView context) {
        List<Object> all = new ArrayList<>();
        values.forEach(each -> all.add(each instanceof BatchOutcome outcome ? ofOne(outcome, context) : each));
        return all;
    }
}
