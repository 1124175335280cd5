package io.headrace.cli.operations;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands about bulk operations. */
@Command(
        name = "operations",
        description = "Show, watch and stop bulk operations, which retry, discard or cancel many jobs.",
        subcommands = {ListOperations.class, ShowOperation.class, WatchOperation.class, StopOperation.class},
        footerHeading = "%nExample:%n",
        footer = "  headrace operations list")
public final class OperationsGroup {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    /** Whether the help was asked for; picocli then shows it. */
    boolean help() {
        return help;
    }
}
