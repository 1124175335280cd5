package io.headrace.cli.command;

import io.headrace.cli.print.Fields;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;

/** A command that does something. Data goes to standard output, messages to standard error. Used once. */
public abstract class Verb implements Callable<Integer> {

    @Mixin
    private OutputOptions output = new OutputOptions();

    @SuppressWarnings("NullAway.Init") // set by runIn, before anything else is called
    private Shell shell;

    /** Sets where it runs. */
    public final void runIn(Shell where) {
        shell = where;
    }

    /** Whether causes of errors are to be printed. */
    public final boolean isVerbose() {
        return output.verbose();
    }

    /** Whether JSON was asked for. */
    protected final boolean isJson() {
        return output.json();
    }

    protected final Shell shell() {
        return shell;
    }

    /** Prints the answer: as JSON if that was asked for, else as text. */
    protected final void answer(Fields json, Consumer<PrintWriter> text) {
        if (output.json()) {
            shell.out().println(json.json());
        } else {
            text.accept(shell.out());
        }
    }

    /** Tells the person at the terminal something that is not data. */
    protected final void say(String message) {
        shell.err().println(message);
    }

    protected final void warn(String message) {
        shell.err().println("headrace: warning: " + message);
    }
}
