package io.headrace.cli.command;

import picocli.CommandLine.Option;

/** The options of every command. */
final class OutputOptions {

    @Option(names = "--json", description = "Print JSON: one line, with the fields that docs/cli.md lists.")
    private boolean json;

    @Option(names = "--verbose", description = "On error, also print the cause with its stack trace.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    boolean json() {
        return json;
    }

    boolean verbose() {
        return verbose;
    }

    /** Whether the help was asked for; picocli then shows it and runs nothing. */
    boolean help() {
        return help;
    }
}
