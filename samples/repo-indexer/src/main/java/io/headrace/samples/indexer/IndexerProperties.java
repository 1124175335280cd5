package io.headrace.samples.indexer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of the service. Immutable; {@code application.yaml} sets what has no default here.
 *
 * @param home the folder for working trees, temporary clones and the embedded database; belongs to one process at a time
 * @param transports by which ways a repository may be reached: some of http, https, git and file
 * @param silence how long the other side of a clone may say nothing
 */
@ConfigurationProperties("indexer")
public record IndexerProperties(
        Path home,
        @DefaultValue({"http", "https", "git", "file"}) Set<String> transports,
        @DefaultValue("30s") Duration silence) {}
