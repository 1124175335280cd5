package io.headrace.testkit.contract;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Opens a store for a test of a suite that {@link JobStoreContract} nests. */
final class HarnessResolver implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == StoreHarness.class;
    }

    @Override
    public StoreHarness resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRequiredTestInstances()
                .findInstance(JobStoreContract.class)
                .orElseThrow(() -> new IllegalStateException(
                        test.getRequiredTestClass() + " runs by itself; nest it in JobStoreContract"))
                .open();
    }
}
