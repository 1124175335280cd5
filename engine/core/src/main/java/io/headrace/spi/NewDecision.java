package io.headrace.spi;

/**
 * A decision that is about to be carried out.
 *
 * @param actor who makes it; at most 100 characters
 * @param action what is decided; at most 100 characters
 * @param subject what it is about; at most 1,000 characters
 */
public record NewDecision(String actor, String action, String subject) {}
