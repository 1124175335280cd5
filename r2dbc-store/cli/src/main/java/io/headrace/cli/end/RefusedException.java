package io.headrace.cli.end;

import io.headrace.HeadraceException;

/** Ends a command with a sentence and an exit code. */
public final class RefusedException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private RefusedException(int exitCode, String message) {
        super(message, null);
        this.exitCode = exitCode;
    }

    /** The arguments, or the environment, are wrong. Nothing was done. */
    public static RefusedException wrongArguments(String message) {
        return new RefusedException(ExitCode.WRONG_ARGUMENTS, message);
    }

    /** What was named does not exist. */
    public static RefusedException notFound(String message) {
        return new RefusedException(ExitCode.NOT_FOUND, message);
    }

    /** It cannot be done here. */
    public static RefusedException failed(String message) {
        return new RefusedException(ExitCode.FAILED, message);
    }

    /** The person at the terminal said no. */
    public static RefusedException declined() {
        return new RefusedException(ExitCode.FAILED, "Nothing was changed.");
    }

    public int exitCode() {
        return exitCode;
    }
}
