package io.headrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** An application with a schema of its own, started as its main method would start it. */
public final class TestApp implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server = TestServer.newest();
    private final String schema = "starter_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Class<?>[] sources;
    private ConfigurableApplicationContext context;

    private TestApp(Class<?>... sources) {
        this.sources = sources;
        with("headrace.store.schema", schema);
        with("spring.r2dbc.url", url());
        with("spring.main.banner-mode", "off");
    }

    /** What an application has without a line of its own. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Plain {}

    public static TestApp of(Class<?>... sources) {
        return new TestApp(sources);
    }

    public TestApp with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    public TestApp without(String property) {
        properties.remove(property);
        return this;
    }

    public TestApp start() {
        return start(WebApplicationType.NONE);
    }

    public TestApp start(WebApplicationType type) {
        Class<?>[] all = new Class<?>[sources.length + 1];
        all[0] = Plain.class;
        System.arraycopy(sources, 0, all, 1, sources.length);
        SpringApplication application = new SpringApplication(all);
        application.setWebApplicationType(type);
        application.setRegisterShutdownHook(false);
        context = application.run(properties.entrySet().stream()
                .map(each -> "--" + each.getKey() + "=" + each.getValue())
                .toArray(String[]::new));
        return this;
    }

    public String url() {
        return url(server.user(), server.password());
    }

    /** The same database by another user. */
    public String url(String user, String password) {
        return "r2dbc:postgresql://" + user + (password.isEmpty() ? "" : ":" + password) + "@" + server.host() + ":"
                + server.port() + "/" + server.database();
    }

    /** Makes the schema without starting. */
    public TestApp migrated() {
        PostgresMigrations.of(server.jdbcUrl(), server.user(), server.password())
                .schema(schema)
                .migrate();
        return this;
    }

    public String schema() {
        return schema;
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public JobOperator operator() {
        return bean(JobOperator.class);
    }

    public JobClient client() {
        return bean(JobClient.class);
    }

    public void execute(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("%s", schema));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The first column of the first row. */
    public long number(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.replace("%s", schema))) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends with the audit, by a store of its own: the application may have ended already. */
    @Override
    public void close() {
        try {
            if (context != null) {
                context.close();
                audit();
            }
        } finally {
            execute("DROP SCHEMA IF EXISTS %s CASCADE");
        }
    }

    private void audit() {
        PostgresJobStore store = PostgresJobStore.builder(server.connectionFactory())
                .schema(schema)
                .build();
        try {
            assertThat(JobOperator.create(store).audit().block(PATIENCE)).hasToString("ok");
        } finally {
            store.close().block(PATIENCE);
        }
    }
}
