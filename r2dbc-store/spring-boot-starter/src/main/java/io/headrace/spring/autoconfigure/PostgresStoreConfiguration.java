package io.headrace.spring.autoconfigure;

import io.headrace.postgres.PostgresJobStore;
import io.headrace.spi.JobStore;
import io.headrace.spring.HeadraceConnectionFactory;
import io.headrace.spring.transaction.CurrentTransaction;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The store, its schema and the transactions that it can join, where the application has no store of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(JobStore.class)
class PostgresStoreConfiguration {

    @Bean
    JobsDatabase headraceDatabase(
            @HeadraceConnectionFactory ObjectProvider<ConnectionFactory> marked,
            ObjectProvider<ConnectionFactory> any,
            ListableBeanFactory beans) {
        return JobsDatabase.find(marked, any, beans);
    }

    @Bean(destroyMethod = "close")
    PostgresJobStore headraceStore(
            HeadraceProperties properties, JobsDatabase database, ObjectProvider<R2dbcConnectionDetails> details) {
        StoreProperties settings = properties.store();
        PostgresJobStore store = PostgresJobStore.builder(database.factory())
                .schema(settings.schema())
                .maxConnections(settings.maxConnections())
                .notifications(settings.notifications())
                .statementTimeout(settings.statementTimeout())
                .build();
        new SchemaPreparation(properties, database.factory(), details.getIfUnique()).prepare(store);
        return store;
    }

    @Bean
    CurrentTransaction headraceTransaction(PostgresJobStore store, JobsDatabase database) {
        return CurrentTransaction.of(store, database.factory());
    }
}
