package io.headrace.spring;

import static io.headrace.spring.TestApp.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.postgres.TestServer;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Which transactions are joined, by the setup of the application. */
class TransactionSettingsTest extends SpringTransactionTests {

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {
        @Bean
        @HeadraceConnectionFactory
        ConnectionFactory jobs() {
            return TestServer.newest().connectionFactory();
        }

        @Bean
        ConnectionFactory orders() {
            return TestServer.newest().connectionFactory();
        }

        @Bean
        ReactiveTransactionManager ordersTransactions(@Qualifier("orders") ConnectionFactory orders) {
            return new R2dbcTransactionManager(orders);
        }
    }

    @Test
    void aTransactionOfAnotherDatabaseIsNotTakenForOne() {
        app.close();
        app = TestApp.of(Mill.class, TwoDatabases.class).migrated();
        app.with("headrace.migrate", "validate").start();
        client = app.client();
        transaction = TransactionalOperator.create(app.bean(ReactiveTransactionManager.class));

        assertThat(catchThrowable(() -> client.enqueue(GRIND.job("rye"))
                        .as(transaction::transactional)
                        .block(PATIENCE)))
                .isInstanceOf(TransactionMismatchException.class)
                .hasMessageContaining("ignoringTransaction()");
        assertThat(jobs()).isZero();
        byItself().enqueue(GRIND.job("rye")).as(transaction::transactional).block(PATIENCE);
        hasGround("rye");
    }

    @Test
    void theClientRequiresOneWhereThePropertiesSaySo() {
        app.close();
        app = TestApp.of(Mill.class)
                .with("headrace.client.transactions", "require")
                .start();
        client = app.client();

        assertThat(catchThrowable(() -> client.enqueue(GRIND.job("rye")).block(PATIENCE)))
                .isInstanceOf(NoTransactionException.class);
        byItself().enqueue(GRIND.job("rye")).block(PATIENCE);
        hasGround("rye");
    }
}
