package io.headrace.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobQueue;
import io.headrace.postgres.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final List<String> arguments = new ArrayList<>();
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
        arguments.add("--" + property + "=" + value);
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
        context = application.run(arguments.toArray(String[]::new));
        return this;
    }

    public String url() {
        return "r2dbc:postgresql://" + server.user() + (server.password().isEmpty() ? "" : ":" + server.password())
                + "@" + server.host() + ":" + server.port() + "/" + server.database();
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

    public JobQueue queue() {
        return bean(JobQueue.class);
    }

    public void execute(String sql) {
        try (Connection connection = server.jdbc();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("%s", schema));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Ends with the audit. */
    @Override
    public void close() {
        try {
            if (context != null) {
                assertThat(queue().audit().block(PATIENCE)).hasToString("ok");
                context.close();
            }
        } finally {
            execute("DROP SCHEMA IF EXISTS %s CASCADE");
        }
    }
}
