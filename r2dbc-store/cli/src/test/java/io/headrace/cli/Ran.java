package io.headrace.cli;

import io.headrace.cli.command.Shell;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** A command that was run in this process, and what came of it. */
record Ran(int code, String out, String err) {

    /** Without a terminal. */
    static Ran run(Map<String, String> environment, String... args) {
        return run(environment, false, "", args);
    }

    static Ran run(Map<String, String> environment, boolean interactive, String input, String... args) {
        return run(InstantSource.system(), environment, interactive, input, out -> {}, args);
    }

    /** On a machine with a clock of its own. */
    static Ran at(InstantSource clock, Map<String, String> environment, String... args) {
        return run(clock, environment, false, "", out -> {}, args);
    }

    /** One that goes on until it is ended: after a look at what it has said so far. */
    static Ran until(Consumer<String> seen, Map<String, String> environment, String... args) {
        return run(InstantSource.system(), environment, false, "", seen, args);
    }

    private static Ran run(
            InstantSource clock,
            Map<String, String> environment,
            boolean interactive,
            String input,
            Consumer<String> seen,
            String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Headrace.run(
                new Shell(
                        environment,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        new BufferedReader(new StringReader(input)),
                        interactive,
                        clock,
                        Mono.fromRunnable(() -> seen.accept(out.toString()))),
                args);
        return new Ran(code, out.toString(), err.toString());
    }
}
