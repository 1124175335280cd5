package io.headrace.spring.autoconfigure;

import io.headrace.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What core refuses although the properties were right: what the application's own code has set. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable whole, InvalidSettingException cause) {
        return switch (cause.setting()) {
            case "connectionFactory" ->
                new FailureAnalysis(
                        "Headrace stores its jobs in PostgreSQL, but the application's ConnectionFactory connects to something else: "
                                + cause.getMessage() + ".",
                        "Use a spring.r2dbc.url that starts with r2dbc:postgresql:. If the jobs belong in a different database"
                                + " than the rest, declare a ConnectionFactory for it and annotate it with"
                                + " @HeadraceConnectionFactory.",
                        cause);
            case "most" ->
                new FailureAnalysis(
                        "A batch handler can never get as many jobs as it asks for: " + cause.getMessage() + ".",
                        "Set headrace.queues.NAME.concurrency to at least as many, or lower most of @HandlesJob or"
                                + " JobHandler.batch.",
                        cause);
            default ->
                new FailureAnalysis(
                        "Invalid Headrace configuration: " + cause.getMessage() + ".",
                        "The value does not come from a property but from a bean: check the application's JobEngineCustomizer,"
                                + " QueueCustomizer and RetryPolicyCustomizer beans.",
                        cause);
        };
    }
}
