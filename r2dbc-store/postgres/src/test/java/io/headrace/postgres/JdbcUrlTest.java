package io.headrace.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Migrations go to the server to which the store's connections go. */
class JdbcUrlTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        r2dbc:postgresql://app:x@db1/app                      | jdbc:postgresql://db1:5432/app
        r2dbc:postgresql://app:x@db1:6432/app?sslMode=require | jdbc:postgresql://db1:6432/app?sslmode=require
        r2dbc:postgresql:failover://app:x@db1:6432,db2:5432/app?targetServerType=primary | jdbc:postgresql://db1:6432,db2:5432/app?targetServerType=primary
        r2dbc:postgresql:failover://app:x@db1,db2:6432/app?sslMode=require | jdbc:postgresql://db1:5432,db2:6432/app?sslmode=require&targetServerType=primary
        """)
    void everyHostIsThereAndOfSeveralTheOneThatWritesIsTaken(String r2dbc, String jdbc) {
        assertThat(JdbcUrl.of(ConnectionFactoryOptions.parse(r2dbc))).isEqualTo(jdbc);
    }
}
