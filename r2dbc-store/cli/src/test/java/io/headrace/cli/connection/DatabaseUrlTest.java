package io.headrace.cli.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    private static final PgVariables NONE = new PgVariables(Map.of("PGUSER", "somebody"));

    private static String place(Database database) {
        ConnectionFactoryOptions options = database.options();
        Object port = options.getValue(ConnectionFactoryOptions.PORT);
        return options.getValue(ConnectionFactoryOptions.USER) + ":"
                + options.getValue(ConnectionFactoryOptions.PASSWORD) + "@"
                + options.getValue(ConnectionFactoryOptions.HOST) + (port == null ? "" : ":" + port) + "/"
                + options.getValue(ConnectionFactoryOptions.DATABASE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        postgresql://app:s3cret@db1:6432/shop            | app:s3cret@db1:6432/shop
        postgres://app:s3cret@db1/shop                   | app:s3cret@db1/shop
        r2dbc:postgresql://app:s3cret@db1:6432/shop      | app:s3cret@db1:6432/shop
        jdbc:postgresql://db1:6432/shop?user=app&password=s3cret | app:s3cret@db1:6432/shop
        jdbc:postgresql://db1/shop                       | somebody:null@db1/shop
        r2dbc:postgresql://db1/shop                      | somebody:null@db1/shop
        postgresql://db1                                 | somebody:null@db1/somebody
        postgresql://app@/shop                           | app:null@localhost/shop
        postgresql://app:p%40ss%2Fw+rd@[::1]:5433/my%20shop | app:p@ss/w+rd@::1:5433/my shop
        postgresql://app:x@db1:6432,db2:5432/shop        | app:x@db1:6432,db2:5432/shop
        """)
    void everyFormSaysTheSame(String url, String place) {
        assertThat(place(DatabaseUrl.read(url, NONE))).isEqualTo(place);
    }

    @Test
    void theVariablesSayWhatTheUrlLeavesOut() {
        PgVariables variables = new PgVariables(
                Map.of("PGUSER", "ada", "PGPASSWORD", "pass", "PGDATABASE", "shop", "PGHOST", "elsewhere"));

        assertThat(place(DatabaseUrl.read("postgresql://db1", variables))).isEqualTo("ada:pass@db1/shop");
        assertThat(place(DatabaseUrl.read("r2dbc:postgresql://bob:x@db1/other", variables)))
                .isEqualTo("bob:x@db1/other");
        assertThat(place(DatabaseUrl.read("r2dbc:postgresql://bob@db1/other", variables)))
                .isEqualTo("bob:pass@db1/other");
        assertThat(place(variables.database())).isEqualTo("ada:pass@elsewhere/shop");
    }

    @Test
    void parametersArePassedOnInTheWordsOfTheDriver() {
        Database database = DatabaseUrl.read(
                "jdbc:postgresql://db1/shop?sslmode=verify-full&sslrootcert=/ca.pem&currentSchema=x&reWriteBatchedInserts=true",
                NONE);

        assertThat(database.options().getValue(Option.valueOf("sslMode"))).isEqualTo("verify-full");
        assertThat(database.options().getValue(Option.valueOf("sslRootCert"))).isEqualTo("/ca.pem");
        assertThat(database.options().getValue(Option.valueOf("applicationName")))
                .isEqualTo("headrace");
        assertThat(database.ignored()).containsExactly("currentSchema", "reWriteBatchedInserts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://app:s3cret@db1/shop",
                "jdbc:postgresql:shop",
                "r2dbc:pool:postgresql://app:s3cret@db1/shop",
                "app:s3cret@db1/shop",
                "postgresql://app:s3cret@db1:port/shop",
                "postgresql://app:s3cret@db1:70000/shop",
                "postgresql://app:s3cret%zz@db1/shop",
                "r2dbc:postgresql://app:s3cret^{}@db1:x y/shop"
            })
    void unreadableUrlsAreRefusedWithoutTheirPassword(String url) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> DatabaseUrl.read(url, NONE))
                .satisfies(refused -> {
                    assertThat(refused.exitCode()).isEqualTo(ExitCode.WRONG_ARGUMENTS);
                    assertThat(refused).hasMessageNotContaining("s3cret").hasNoCause();
                });
    }

    @Test
    void anSslModeThatDoesNotExistIsRefused() {
        Database database = DatabaseUrl.read("postgresql://app@db1/shop?sslmode=maybe", NONE);

        assertThatExceptionOfType(RefusedException.class).isThrownBy(database::connectionFactory);
    }

    @Test
    void aUnixSocketIsRefused() {
        PgVariables variables = new PgVariables(Map.of("PGHOST", "/var/run/postgresql"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(variables::database)
                .withMessageContaining("PGHOST");
    }

    @Test
    void thePasswordAloneNamesNoDatabase() {
        assertThat(new PgVariables(Map.of("PGPASSWORD", "x")).nameADatabase()).isFalse();
        assertThat(new PgVariables(Map.of("PGDATABASE", "")).nameADatabase()).isFalse();
        assertThat(new PgVariables(Map.of("PGDATABASE", "shop")).nameADatabase())
                .isTrue();
    }
}
