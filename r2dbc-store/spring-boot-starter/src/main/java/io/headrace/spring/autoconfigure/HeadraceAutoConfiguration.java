package io.headrace.spring.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Configures a store on the application's database, a client to inject, and an engine if there are handlers or schedules. Each backs
 * off if the application defines its own bean.
 */
@AutoConfiguration(after = R2dbcAutoConfiguration.class)
@EnableConfigurationProperties(HeadraceProperties.class)
@Import({PostgresStoreConfiguration.class, ClientConfiguration.class, EngineConfiguration.class})
public final class HeadraceAutoConfiguration {}
