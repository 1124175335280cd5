package io.headrace.console.demo;

import io.headrace.JobEngine;
import io.headrace.console.ConsoleServer;
import io.headrace.operate.Right;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.headrace.postgres.TestServer;
import io.headrace.spi.JobStore;
import io.headrace.testkit.InMemoryJobStore;
import java.util.EnumSet;
import java.util.List;

/**
 * Serves the console with demo jobs behind it, to work on the pages: on a store in memory, or with the argument
 * {@code postgres} on an embedded server. The property {@code port} sets the port.
 */
public final class DevConsole {

    private static final int DEFAULT_PORT = 8473;

    private DevConsole() {}

    public static void main(String[] arguments) {
        JobStore store = List.of(arguments).contains("postgres") ? postgres() : InMemoryJobStore.create();
        JobEngine engine = DemoJobs.start(store);
        ConsoleServer server = ConsoleServer.builder(engine.operator())
                .port(Integer.getInteger("port", DEFAULT_PORT))
                .path("/headrace/")
                .allow(EnumSet.allOf(Right.class))
                .console(console -> console.instance("demo"))
                .start()
                .block();
        System.out.println(server.uri());
        server.onStopped().block();
    }

    private static JobStore postgres() {
        TestServer server = TestServer.newest();
        PostgresMigrations.of(server.jdbcUrl(), server.user(), server.password())
                .migrate();
        return PostgresJobStore.create(server.connectionFactory());
    }
}
