package io.headrace.spring.autoconfigure;

import io.headrace.JobConstraints;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.Environment;

/** Which version of the application this is, as the build has told Spring Boot. */
final class ApplicationVersion {

    private final ObjectProvider<BuildProperties> build;
    private final Environment environment;

    ApplicationVersion(ObjectProvider<BuildProperties> build, Environment environment) {
        this.build = build;
        this.environment = environment;
    }

    /** {@code null} if the build has told nothing. */
    @Nullable
    String get() {
        BuildProperties properties = build.getIfUnique();
        String version = properties == null ? null : properties.getVersion();
        String told = version == null ? environment.getProperty("spring.application.version") : version;
        boolean isUsable = told != null && !told.isBlank() && told.length() <= JobConstraints.NAME_CHARACTERS;
        return isUsable ? told : null;
    }
}
