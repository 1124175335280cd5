package io.headrace.benchmarks.peer;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.headrace.benchmarks.contender.ContenderSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The connections of a peer that speaks JDBC: a HikariCP pool of fixed size, as its wiki has it in "About Pool Sizing".
 * The driver joins the inserts of a batch into statements with many rows ({@code reWriteBatchedInserts}, 2 to 3 times as
 * fast according to the chapter "Initializing the Driver" of its documentation) and prepares statements on the server.
 */
final class JdbcPool implements AutoCloseable {

    private final HikariDataSource source;

    private JdbcPool(HikariDataSource source) {
        this.source = source;
    }

    static JdbcPool open(ContenderSettings settings, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://" + settings.host() + ":" + settings.port() + "/" + settings.database());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(connections);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new JdbcPool(new HikariDataSource(config));
    }

    DataSource source() {
        return source;
    }

    void run(String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whether a query answers with a row. */
    boolean any(String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
