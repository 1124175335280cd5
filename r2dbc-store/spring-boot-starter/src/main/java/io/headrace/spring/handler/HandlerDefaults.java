package io.headrace.spring.handler;

import io.headrace.JobHandler;
import io.headrace.RetryPolicy;
import io.headrace.spring.RetryPolicyCustomizer;
import java.util.List;

/**
 * The defaults for handlers, and the customizers of their retry policies. Immutable.
 *
 * @param policy the default policy, instead of {@link RetryPolicy#defaults()}
 * @param customizers the customizers, in the order in which they are applied
 */
public record HandlerDefaults(RetryPolicy policy, List<RetryPolicyCustomizer> customizers) {

    public HandlerDefaults {
        customizers = List.copyOf(customizers);
    }

    <T> JobHandler<T> apply(JobHandler<T> handler) {
        RetryPolicy own = handler.retry();
        // A handler that was given none has core's defaults.
        RetryPolicy customized = own.equals(RetryPolicy.defaults()) ? policy : own;
        for (RetryPolicyCustomizer customizer : customizers) {
            customized = customizer.customize(handler.type().kind(), customized);
        }
        return handler.retry(customized);
    }
}
