package io.headrace.samples.indexer.database;

import io.headrace.samples.indexer.checkout.Home;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where no database is named, the service has one of its own. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${spring.r2dbc.url:}' == ''")
class EmbeddedDatabaseConfiguration {

    /** Closed when nobody needs it any more: after the engine, the store and the pool. */
    @Bean(destroyMethod = "close")
    EmbeddedDatabase embeddedDatabase(Home home) throws IOException {
        return EmbeddedDatabase.start(home.folder("postgres"));
    }

    @Bean
    R2dbcConnectionDetails embeddedDatabaseDetails(EmbeddedDatabase database) {
        return database::options;
    }
}
