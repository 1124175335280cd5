package io.headrace.samples.indexer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class RepoIndexer {

    public static void main(String[] args) {
        SpringApplication.run(RepoIndexer.class, args);
    }
}
