package io.headrace.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * What an application gets by having the starter: a store on its database, the client to inject, and an engine if it has
 * handlers. Each backs off where the application has a bean of the kind itself.
 */
@AutoConfiguration(after = R2dbcAutoConfiguration.class)
@EnableConfigurationProperties(HeadraceProperties.class)
@Import({PostgresStoreConfiguration.class, ClientConfiguration.class, EngineConfiguration.class})
public final class HeadraceAutoConfiguration {}
