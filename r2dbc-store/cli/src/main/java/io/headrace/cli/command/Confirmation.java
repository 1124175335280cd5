package io.headrace.cli.command;

import io.headrace.cli.end.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Asks before something is done to many. */
public final class Confirmation {

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /**
     * Returns if the answer is yes, or was given in advance.
     *
     * @throws RefusedException if it is no, or nobody can be asked
     */
    public void ask(Shell shell, String question) {
        if (yes) {
            return;
        }
        if (!shell.isInteractive()) {
            throw RefusedException.wrongArguments(
                    question + " There is no terminal to ask at. Pass --yes to do it without a question");
        }
        shell.err().print(question + " [y/N] ");
        shell.err().flush();
        String answer = line(shell);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).matches("y|yes")) {
            throw RefusedException.declined();
        }
    }

    private static @Nullable String line(Shell shell) {
        try {
            return shell.input().readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
