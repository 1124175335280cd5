package io.headrace.cli.end;

/** What the process ends with. */
public final class ExitCode {

    /** It is done. */
    public static final int DONE = 0;
    /** It failed, or the answer to the question was no. */
    public static final int FAILED = 1;
    /** The arguments are wrong; nothing was done. */
    public static final int WRONG_ARGUMENTS = 2;
    /** What was named does not exist, or somebody else was faster. */
    public static final int NOT_FOUND = 3;
    /** The audit or the doctor found something. */
    public static final int FINDINGS = 4;

    private ExitCode() {}
}
