package io.headrace.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.StoreException;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreFailureAnalyzerTest {

    @ParameterizedTest
    @ValueSource(strings = {"42P05", "26000", "08P01"})
    void preparedStatementsThatAreLostMeanAPooler(String sqlState) {
        StoreException error = new StoreException(
                "migrating schema 'headrace' failed",
                false,
                null,
                new SQLException("prepared statement \"S_1\" already exists", sqlState));

        assertThat(new StoreFailureAnalyzer().analyze(error, error).getAction())
                .contains("headrace.store.notifications=false")
                .contains("preparedStatementCacheQueries=0")
                .contains("headrace.migration.url");
    }
}
