package io.headrace.cli;

import io.headrace.cli.command.Shell;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** A command that was run in this process, and what came of it. */
record Ran(int code, String out, String err) {

    /** Without a terminal. */
    static Ran run(Map<String, String> environment, String... args) {
        return run(environment, false, "", args);
    }

    static Ran run(Map<String, String> environment, boolean interactive, String input, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Headrace.run(
                new Shell(
                        environment,
                        new PrintWriter(out),
                        new PrintWriter(err),
                        new BufferedReader(new StringReader(input)),
                        interactive),
                args);
        return new Ran(code, out.toString(), err.toString());
    }
}
