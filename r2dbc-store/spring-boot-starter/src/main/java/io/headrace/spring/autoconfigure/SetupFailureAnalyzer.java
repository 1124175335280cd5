package io.headrace.spring.autoconfigure;

import io.headrace.spring.HeadraceSetupException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What is wrong with the application's own beans. */
final class SetupFailureAnalyzer extends AbstractFailureAnalyzer<HeadraceSetupException> {

    @Override
    protected FailureAnalysis analyze(Throwable whole, HeadraceSetupException cause) {
        return new FailureAnalysis(cause.wrong(), cause.remedy(), cause);
    }
}
