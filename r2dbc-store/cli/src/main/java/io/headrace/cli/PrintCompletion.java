package io.headrace.cli;

import io.headrace.cli.command.Shell;
import io.headrace.cli.command.Verb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** Prints a script that completes commands in a shell. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash.",
        footerHeading = "%nExample:%n",
        footer = "  source <(headrace completion)")
final class PrintCompletion extends Verb {

    @Override
    public Integer call() {
        Shell shell = shell();
        String script = AutoComplete.bash("headrace", Headrace.commandLine(shell));
        answer(new Fields().with("script", script), out -> out.print(script));
        return ExitCode.DONE;
    }
}
