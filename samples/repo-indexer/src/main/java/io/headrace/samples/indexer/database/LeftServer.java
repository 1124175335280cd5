package io.headrace.samples.indexer.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that goes on although the process which has started it was killed. */
final class LeftServer {

    private static final Logger log = LoggerFactory.getLogger(LeftServer.class);

    private LeftServer() {}

    /**
     * Stops the server that works on these data, if there is one, and waits for its end.
     *
     * @throws IOException if it does not end
     */
    static void stop(Path data, Duration patience) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (Files.notExists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        ProcessHandle server =
                ProcessHandle.of(pid).filter(LeftServer::isPostgres).orElse(null);
        if (server != null) {
            log.info("stopping the server {} that a killed process has left", pid);
            server.destroy();
            await(server, patience);
        }
    }

    /** The number may be another process's by now. */
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
    }

    private static void await(ProcessHandle server, Duration patience) throws IOException {
        try {
            server.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while server " + server.pid() + " was ending", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("server " + server.pid() + " does not end; stop it by hand", e);
        }
    }
}
