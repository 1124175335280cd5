package io.headrace.samples.quickstart;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the command was given.
 *
 * @param folder an existing folder
 * @param verbose whether to show the log, and errors with their stack traces
 */
record Arguments(Path folder, boolean verbose) {

    static final String USAGE = "usage: quickstart [--verbose] [folder] - one job for each file of the folder"
            + " (by default of the git repository around the working directory), without .git and target";

    /**
     * Reads the arguments.
     *
     * @param workingDirectory where to look for the repository, if no folder is given
     * @throws UsageException if they cannot be, or ask for help
     */
    static Arguments parse(String[] args, Path workingDirectory) throws UsageException {
        boolean verbose = false;
        String folder = null;
        for (String arg : args) {
            if (arg.equals("--help") || arg.equals("-h")) {
                throw new UsageException(USAGE);
            } else if (arg.equals("--verbose")) {
                verbose = true;
            } else if (arg.startsWith("-")) {
                throw new UsageException("unknown option " + OneLine.of(arg) + "; " + USAGE);
            } else if (folder != null) {
                throw new UsageException("one folder at most; " + USAGE);
            } else {
                folder = arg;
            }
        }
        return new Arguments(folder == null ? repository(workingDirectory) : existing(folder), verbose);
    }

    private static Path existing(String text) throws UsageException {
        Path folder = path(text);
        if (folder == null || !Files.exists(folder)) {
            throw new UsageException("no such folder: '" + OneLine.of(text) + "'");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("not a folder: '" + OneLine.of(text) + "'");
        }
        return folder;
    }

    /** An empty text would be the working directory, which is hardly what was meant. */
    private static @Nullable Path path(String text) {
        try {
            return text.isEmpty() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static Path repository(Path workingDirectory) {
        Path folder = workingDirectory;
        while (folder != null) {
            if (Files.exists(folder.resolve(".git"))) {
                return folder;
            }
            folder = folder.getParent();
        }
        return workingDirectory;
    }
}
