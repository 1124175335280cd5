package io.headrace.cli;

import io.headrace.InvalidJobException;
import io.headrace.InvalidSettingException;
import io.headrace.StoreException;
import io.headrace.UnknownJobException;
import io.headrace.cli.command.Shell;
import io.headrace.cli.command.Verb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.postgres.TransactionPoolerException;
import io.headrace.schedule.InvalidScheduleException;
import io.headrace.schedule.UnknownScheduleException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong, and chooses the exit code. */
final class ErrorLine implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** SQLSTATEs of a table and of a schema that do not exist. */
    private static final Set<String> UNDEFINED = Set.of("42P01", "3F000");

    private final Shell shell;

    ErrorLine(Shell shell) {
        this.shell = shell;
    }

    @Override
    public int handleParseException(ParameterException error, String[] args) {
        print(error.getMessage() + ". " + suggestions(error) + "See '"
                + error.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return ExitCode.WRONG_ARGUMENTS;
    }

    private static String suggestions(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched) {
            List<String> similar = unmatched.getSuggestions();
            return similar.isEmpty() ? "" : "Did you mean " + String.join(" or ", similar) + "? ";
        }
        return "";
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        boolean verbose = command.getCommand() instanceof Verb verb && verb.isVerbose();
        int code = exitCode(error);
        boolean hides = code == ExitCode.FAILED && !verbose && error.getCause() != null;
        print(Objects.requireNonNullElse(error.getMessage(), error.toString())
                + (lacksTables(error) ? ". Here, that is 'headrace migrate'" : "")
                + (error instanceof TransactionPoolerException ? ". Here, that is --pooler" : "")
                + (hides ? " (--verbose shows the cause)" : ""));
        if (verbose) {
            error.printStackTrace(shell.err());
        }
        return code;
    }

    private static boolean lacksTables(Exception error) {
        return error instanceof StoreException store && UNDEFINED.contains(String.valueOf(store.sqlState()));
    }

    private static int exitCode(Exception error) {
        if (error instanceof RefusedException refused) {
            return refused.exitCode();
        }
        if (error instanceof UnknownJobException || error instanceof UnknownScheduleException) {
            return ExitCode.NOT_FOUND;
        }
        return error instanceof InvalidJobException
                        || error instanceof InvalidSettingException
                        || error instanceof InvalidScheduleException
                ? ExitCode.WRONG_ARGUMENTS
                : ExitCode.FAILED;
    }

    private void print(String message) {
        shell.err()
                .println("headrace: "
                        + message.lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .collect(Collectors.joining(" ")));
    }
}
