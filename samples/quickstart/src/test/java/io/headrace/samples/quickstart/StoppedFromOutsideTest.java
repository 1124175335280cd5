package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process of its own that is sent a signal, as by Ctrl-C. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no signal that a process could clean up after")
@Tag("slow")
class StoppedFromOutsideTest {

    @TempDir
    Path folder;

    /** @param said the line after which it is stopped: while PostgreSQL starts, and while the jobs run */
    @ParameterizedTest
    @ValueSource(strings = {"reading the folder", "enqueueing"})
    void neither_postgres_nor_a_temporary_folder_is_left(String said) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path files = Files.createDirectory(folder.resolve("files"));
        Process process = start(temporary, files);

        try (BufferedReader err = process.errorReader()) {
            assertThat(err.lines().anyMatch(line -> line.startsWith(said))).isTrue();
            // By its handle, since Process.destroy() would close the stream as well.
            assertThat(process.toHandle().destroy()).isTrue();

            assertThat(err.lines()).noneMatch(line -> line.startsWith("quickstart:"));
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(temporary).isEmptyDirectory();
            assertThat(runningFrom(temporary)).isEmpty();
        } finally {
            process.destroyForcibly();
            runningFrom(temporary).forEach(ProcessHandle::destroy);
        }
    }

    private static List<ProcessHandle> runningFrom(Path folder) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(folder.toString()))
                .toList();
    }

    private static Process start(Path temporary, Path files) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        return new ProcessBuilder(
                        java,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quickstart.class.getName(),
                        files.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
