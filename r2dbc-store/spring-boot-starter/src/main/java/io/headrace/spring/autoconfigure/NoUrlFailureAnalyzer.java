package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * An application without the one setting that it needs. Spring Boot's own analysis recommends an embedded database, in which
 * no jobs can be kept.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoUrlFailureAnalyzer implements FailureAnalyzer {

    /** Spring Boot's, which is not public. */
    private static final String NO_URL = "ConnectionFactoryBeanCreationException";

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getClass().getSimpleName().equals(NO_URL)) {
                return new FailureAnalysis(
                        "Headrace stores its jobs in PostgreSQL, but no database is configured.",
                        "Set spring.r2dbc.url to r2dbc:postgresql://user:password@host:port/database. If it is set for a"
                                + " profile, activate that profile.",
                        each);
            }
        }
        return null;
    }
}
