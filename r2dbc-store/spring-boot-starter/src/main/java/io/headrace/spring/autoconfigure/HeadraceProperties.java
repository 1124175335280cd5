package io.headrace.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * What can be set of Headrace. Immutable; nothing has to be set. A name that is none of these is refused, since nobody would
 * see that it sets nothing.
 *
 * @param migrate What is done about the schema at start.
 * @param migration How the schema is migrated.
 * @param store Where the jobs are.
 * @param client How jobs are enqueued.
 * @param payload How payloads are read.
 * @param engine How jobs are handled.
 * @param observe What is seen of jobs from outside.
 * @param queues The queues that the engine works on, by name; without any, "default" and those of the JobHandler beans.
 */
@ConfigurationProperties(prefix = "headrace", ignoreUnknownFields = false)
public record HeadraceProperties(
        @DefaultValue("on-start") Migrate migrate,
        @NestedConfigurationProperty @DefaultValue MigrationProperties migration,
        @NestedConfigurationProperty @DefaultValue StoreProperties store,
        @NestedConfigurationProperty @DefaultValue ClientProperties client,
        @NestedConfigurationProperty @DefaultValue PayloadProperties payload,
        @NestedConfigurationProperty @DefaultValue EngineProperties engine,
        @NestedConfigurationProperty @DefaultValue ObserveProperties observe,
        @DefaultValue Map<String, QueueProperties> queues)
        implements Validator {

    @Override
    public boolean supports(Class<?> type) {
        return type == HeadraceProperties.class;
    }

    /** Refuses what cannot be, property by property, so that Spring Boot names each and where it stands. */
    @Override
    public void validate(Object target, Errors errors) {
        HeadraceProperties properties = (HeadraceProperties) target;
        new PropertyCheck(errors).check(properties);
    }
}
