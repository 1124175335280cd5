package io.headrace.benchmarks.overview;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.benchmarks.run.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One scenario in a JVM of its own, as if it had been started by hand: what one leaves in the JIT compiler, in the heap or in
 * threads does not change the figures of the next, and one that dies does not take the others with it.
 */
final class ScenarioJvm {

    /** All that it printed. */
    static final String OUTPUT = "output.txt";

    private static final String ERROR = "benchmarks: ";
    private static final Duration LAST_WORDS = Duration.ofSeconds(30);

    private final Class<?> main;
    private final PrintStream progress;

    ScenarioJvm(Class<?> main, PrintStream progress) {
        this.main = main;
        this.progress = progress;
    }

    /**
     * Runs a scenario; blocks until it is over.
     *
     * @param arguments its name and options
     * @param folder for its output
     * @param limit it is stopped after this time
     * @return why it failed; empty if it did not
     */
    Optional<String> run(List<String> arguments, Path folder, Duration limit) throws IOException {
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(JavaCommand.of(List.of(), main, arguments))
                .redirectErrorStream(true)
                .start();
        Thread hook = new Thread(process::destroy, "stop-scenario");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            CompletableFuture<String> error =
                    CompletableFuture.supplyAsync(() -> read(process, folder.resolve(OUTPUT)));
            boolean ended = process.waitFor(limit.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                stop(process);
                return Optional.of("stopped after " + limit.toMinutes() + " minutes");
            }
            return process.exitValue() == 0 ? Optional.empty() : Optional.of(reason(process, error.join()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroy();
            remove(hook);
        }
    }

    /** Passes on each line; the last one that is an error. */
    private String read(Process process, Path file) {
        String error = "";
        try (BufferedReader lines = process.inputReader(UTF_8);
                PrintStream output = new PrintStream(file.toFile(), UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.println(line);
                progress.println("  " + line);
                if (line.startsWith(ERROR)) {
                    error = line.substring(ERROR.length());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return error;
    }

    private static String reason(Process process, String error) {
        return error.isEmpty() ? "exit code " + process.exitValue() + ", see " + OUTPUT : error;
    }

    /** First by asking, so that it stops its servers. */
    private static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook runs
        }
    }
}
