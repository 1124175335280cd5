package io.headrace.spring.autoconfigure;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** A property of ours that there is not: mistyped, as a rule. Spring Boot's own analysis says that it was left unbound. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("headrace");

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable whole, UnboundConfigurationPropertiesException cause) {
        if (!cause.getUnboundProperties().stream().allMatch(each -> OURS.isAncestorOf(each.getName()))) {
            return null;
        }
        return new FailureAnalysis(
                "Unknown Headrace property:\n\n"
                        + cause.getUnboundProperties().stream()
                                .map(UnknownPropertyFailureAnalyzer::line)
                                .collect(Collectors.joining("\n")),
                "Correct its name or remove it: it has no effect. IDEs list all properties, and so does Headrace's"
                        + " guide for WebFlux.",
                cause);
    }

    private static String line(ConfigurationProperty property) {
        String where = property.getOrigin() == null ? "" : ", by " + property.getOrigin();
        return "    " + property.getName() + " (set to '" + property.getValue() + "'" + where + ")";
    }
}
