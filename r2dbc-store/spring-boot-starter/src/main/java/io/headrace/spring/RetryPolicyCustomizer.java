package io.headrace.spring;

import io.headrace.RetryPolicy;

/**
 * A bean that customizes the retry policy of each kind, after the properties, the annotation and the {@code JobHandler}
 * bean have been applied. Several customizers are applied in their {@code @Order}.
 */
@FunctionalInterface
public interface RetryPolicyCustomizer {

    /** Returns the policy to use, which may be the given one. Called once for each handled kind. */
    RetryPolicy customize(String kind, RetryPolicy policy);
}
