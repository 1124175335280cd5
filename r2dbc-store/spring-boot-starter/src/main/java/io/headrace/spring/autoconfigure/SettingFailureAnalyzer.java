package io.headrace.spring.autoconfigure;

import io.headrace.InvalidSettingException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What core refuses although the properties were right: what the application's own code has set. */
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    @Override
    protected FailureAnalysis analyze(Throwable whole, InvalidSettingException cause) {
        return cause.setting().equals("connectionFactory")
                ? new FailureAnalysis(
                        "Headrace keeps its jobs in PostgreSQL, and the application's ConnectionFactory leads elsewhere: "
                                + cause.getMessage() + ".",
                        "Let spring.r2dbc.url begin with r2dbc:postgresql:, or, if the jobs are to be in another database"
                                + " than the rest, declare a ConnectionFactory of it and annotate it with"
                                + " @HeadraceConnectionFactory.",
                        cause)
                : new FailureAnalysis(
                        "Headrace was set to what cannot be: " + cause.getMessage() + ".",
                        "No property says so, hence a bean does: look at the application's JobEngineCustomizer,"
                                + " QueueCustomizer and RetryPolicyCustomizer beans.",
                        cause);
    }
}
