package io.headrace.spring.autoconfigure;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * The configuration properties of Headrace. All are optional. Unknown properties are rejected, because nobody would
 * notice that they have no effect. Immutable.
 *
 * @param migrate How the application treats the schema at startup.
 * @param migration Settings for migrating the schema.
 * @param store Settings of the store.
 * @param client Settings of the client.
 * @param payload Settings for reading payloads.
 * @param engine Settings of the engine.
 * @param observe Settings of meters and observations.
 * @param console Settings of the console.
 * @param schedules Overrides of schedules that beans declare, by name. Empty by default.
 * @param queues Queues that the engine works on, by name. By default, "default" and the queues of the JobHandler
 *     beans and of the schedules.
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
        @NestedConfigurationProperty @DefaultValue ConsoleProperties console,
        @DefaultValue Map<String, ScheduleProperties> schedules,
        @DefaultValue Map<String, QueueProperties> queues)
        implements Validator {

    @Override
    public boolean supports(Class<?> type) {
        return type == HeadraceProperties.class;
    }

    /** Rejects invalid values, property by property, so that Spring Boot names each one and its origin. */
    @Override
    public void validate(Object target, Errors errors) {
        HeadraceProperties properties = (HeadraceProperties) target;
        new PropertyCheck(errors).check(properties);
    }
}
