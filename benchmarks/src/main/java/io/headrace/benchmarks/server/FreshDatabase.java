package io.headrace.benchmarks.server;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** An empty database that is dropped again, also when the process is told to end. Thread-safe. */
public final class FreshDatabase implements AutoCloseable {

    private static final int STANDARD_PORT = 5432;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Server server;
    private final String name;
    private final ConnectionFactoryOptions options;
    private final Sql sql;
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final Thread hook = new Thread(this::drop, "drop-database");

    private FreshDatabase(Server server, String name) {
        this.server = server;
        this.name = name;
        this.options = server.options()
                .mutate()
                .option(ConnectionFactoryOptions.DATABASE, name)
                .build();
        this.sql = new Sql(options, Map.of());
    }

    /** Whoever the server's address names must be allowed to make databases. */
    public static FreshDatabase in(Server server) {
        String name = "headrace_benchmarks_" + ProcessHandle.current().pid() + "_" + COUNT.incrementAndGet();
        FreshDatabase database = new FreshDatabase(server, name);
        database.outside().run("CREATE DATABASE " + name);
        Runtime.getRuntime().addShutdownHook(database.hook);
        return database;
    }

    public String name() {
        return name;
    }

    /** Statements in it. */
    public Sql sql() {
        return sql;
    }

    /** Statements of which its counters know nothing, in the database that the server's address names. */
    public Sql outside() {
        return new Sql(server.options(), Map.of());
    }

    /** How it is reached. */
    public ConnectionFactoryOptions options() {
        return options;
    }

    public String host() {
        return text(ConnectionFactoryOptions.HOST, "localhost");
    }

    public int port() {
        Object port = options.getValue(ConnectionFactoryOptions.PORT);
        return port == null ? STANDARD_PORT : (Integer) port;
    }

    public String user() {
        return text(ConnectionFactoryOptions.USER, "");
    }

    public String password() {
        return text(ConnectionFactoryOptions.PASSWORD, "");
    }

    private String text(Option<?> option, String standard) {
        return Objects.toString(options.getValue(option), standard);
    }

    private void drop() {
        if (!dropped.getAndSet(true) && !(server.isOurs() && isEnding())) {
            outside().run("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    private boolean isEnding() {
        return Thread.currentThread() == hook;
    }

    @Override
    public void close() {
        drop();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending, and the hook has nothing left to do
        }
    }
}
