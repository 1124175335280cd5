package io.headrace.spring;

import io.headrace.RetryPolicy;

/**
 * A bean that changes what follows a failed attempt, kind by kind, after the properties, the annotation and what a {@code
 * JobHandler} bean says itself. Several are applied in their {@code @Order}.
 */
@FunctionalInterface
public interface RetryPolicyCustomizer {

    /** Answers the policy to use, the one given among them; called once for each kind that is handled. */
    RetryPolicy customize(String kind, RetryPolicy policy);
}
