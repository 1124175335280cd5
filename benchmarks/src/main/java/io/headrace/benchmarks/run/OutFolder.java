package io.headrace.benchmarks.run;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder for the report, found to be writable before minutes are spent. */
public final class OutFolder {

    private OutFolder() {}

    /**
     * Creates it; empty if none is asked for.
     *
     * @throws UsageException if it cannot be written
     */
    public static Optional<Path> of(Options options) throws UsageException {
        Optional<Path> out = options.path("--out");
        if (out.isPresent()) {
            try {
                Files.createDirectories(out.get());
                Files.delete(Files.createTempFile(out.get(), "writable", null));
            } catch (IOException e) {
                throw new UsageException("--out cannot be written: " + OneLine.of(e.toString()));
            }
        }
        return out;
    }
}
