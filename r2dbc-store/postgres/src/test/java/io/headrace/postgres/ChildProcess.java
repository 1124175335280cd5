package io.headrace.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs a main class of the tests on a test's schema. */
final class ChildProcess {

    /** How many of the child's arguments say where the schema is; its own follow. */
    static final int ARGUMENTS = 6;

    private ChildProcess() {}

    static Process start(Class<?> main, TestSchema schema, String... arguments) throws IOException {
        return start(List.of(), main, schema, arguments);
    }

    static Process start(List<String> options, Class<?> main, TestSchema schema, String... arguments)
            throws IOException {
        TestServer server = schema.server();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                server.host(),
                Integer.toString(server.port()),
                server.database(),
                server.user(),
                server.password(),
                schema.name()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).inheritIO().start();
    }

    /** In the child: a store on its parent's schema. */
    static PostgresJobStore store(String[] arguments) {
        return PostgresJobStore.builder(server(arguments).connectionFactory())
                .schema(arguments[5])
                .build();
    }

    /** In the child: its parent's server. */
    static TestServer server(String[] arguments) {
        return new TestServer(
                "parent's", arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3], arguments[4]);
    }
}
