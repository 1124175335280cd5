package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console. They need headrace-console on the class path.
 *
 * @param enabled Whether to serve the console.
 * @param path Path of the console in this application.
 * @param instance Name of this installation, for people who have several; by default, the name of the application.
 */
public record ConsoleProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("/headrace") String path,
        @Nullable String instance) {}
