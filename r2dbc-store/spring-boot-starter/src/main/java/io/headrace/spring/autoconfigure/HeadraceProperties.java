package io.headrace.spring.autoconfigure;

import io.headrace.spring.transaction.Joining;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;

/**
 * What can be set of Headrace. Immutable; nothing has to be set.
 *
 * @param migrate what is done about the schema at start
 * @param transactions what enqueueing does with the reactive transaction of its caller
 * @param migration how the schema is migrated
 * @param store where the jobs are
 * @param client how jobs are enqueued
 * @param engine how jobs are handled
 * @param queues the queues that the engine works on, by name; without any, "default" and those of the JobHandler beans
 */
@ConfigurationProperties("headrace")
public record HeadraceProperties(
        @DefaultValue("on-start") Migrate migrate,
        @DefaultValue("join") Joining transactions,
        @DefaultValue MigrationProperties migration,
        @DefaultValue StoreProperties store,
        @DefaultValue ClientProperties client,
        @DefaultValue EngineProperties engine,
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
