package io.headrace.samples.quickstart;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.Exceptions;

/** The sample as a command: what it is given, what it prints and how it exits. */
final class Command {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final int MISSING_FILES = 3;

    private Command() {}

    /**
     * Runs the sample.
     *
     * @return the exit code: 0 if the audit is ok; 1 if not, or after an unexpected error; 2 for arguments that cannot be
     */
    static int run(String[] args, PrintStream out, PrintStream err) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args, Path.of("").toAbsolutePath());
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        }
        if (arguments.verbose()) {
            Logging.show();
        }
        try {
            return run(arguments.folder(), out, err) ? OK : FAILED;
        } catch (IOException | RuntimeException | Error e) {
            report(e, arguments.verbose(), err);
            return FAILED;
        }
    }

    private static boolean run(Path root, PrintStream out, PrintStream err) throws IOException {
        Folder folder;
        List<Path> missing;
        Outcome outcome;
        try (Progress progress = Progress.on(err)) {
            progress.begin("reading the folder");
            folder = Folder.read(root);
            missing = missing(folder.root());
            outcome = outcome(
                    Stream.concat(folder.files().stream(), missing.stream()).toList(), progress);
        }
        new Report(folder, missing, outcome).print(out);
        return outcome.findings().isEmpty();
    }

    private static Outcome outcome(List<Path> files, Progress progress) throws IOException {
        progress.begin("starting PostgreSQL");
        try (EmbeddedDatabase database = EmbeddedDatabase.start()) {
            return Quickstart.run(files, database.options(), progress);
        }
    }

    /** Paths that do not exist, to show what becomes of a job that fails. */
    private static List<Path> missing(Path root) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> root.resolve("no-such-file-" + number + ".txt"))
                .filter(file -> !file.toFile().exists())
                .limit(MISSING_FILES)
                .toList();
    }

    private static void report(Throwable e, boolean verbose, PrintStream err) {
        if (EmbeddedDatabase.isShuttingDown()) {
            return; // stopped from outside: that the database is gone is no news
        }
        Throwable error = Exceptions.unwrap(e);
        if (verbose) {
            error.printStackTrace(err);
        } else {
            err.println("quickstart: " + OneLine.of(error) + " (--verbose shows more)");
        }
    }
}
