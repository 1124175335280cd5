package io.headrace.cli.console;

import io.headrace.cli.command.Bounds;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Fields;
import io.headrace.console.AccessTokens;
import io.headrace.console.ConsoleServer;
import io.headrace.operate.Right;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/** Serves the console until the process is ended. */
@Command(
        name = "console",
        description = {
            "Serve the console, to see and operate queues in a browser, until Ctrl-C.",
            "Without --token-file, it listens on this machine only, and everybody on it may look; --allow adds rights."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headrace console --port 8473 --allow RETRY,PAUSE",
            "  headrace console --bind 0.0.0.0 --token-file tokens.txt"
        })
public final class ServeConsole extends StoreVerb {

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8473",
            description = "The port; 0 for any free one. Default: 8473.")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address to listen on. Any other than a loopback address needs --token-file."
                    + " Default: 127.0.0.1.")
    private String host = "127.0.0.1";

    @Option(
            names = "--path",
            paramLabel = "PATH",
            defaultValue = "/",
            description = "The path of the console, such as /headrace. Default: /.")
    private String path = "/";

    @Option(
            names = "--allow",
            paramLabel = "RIGHT",
            split = ",",
            description = "What people on this machine may do beyond VIEW: ${COMPLETION-CANDIDATES}.")
    private Set<Right> allowed = Set.of();

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with a line for each person: a name, a token and, optionally, rights, such as"
                    + " ada 1f0c9e6a2b7d4835 RETRY,PAUSE. Every request then needs a token.")
    private @Nullable Path tokenFile;

    @Override
    protected void check() {
        Bounds.check("--port", port, 0, 65_535);
        if (tokenFile != null && !allowed.isEmpty()) {
            throw RefusedException.wrongArguments("Give rights in the token file or by --allow, not by both");
        }
    }

    @Override
    protected int run(Desk desk) {
        ConsoleServer.Builder builder = ConsoleServer.builder(desk.operator())
                .host(host)
                .port(port)
                .path(path)
                .allow(allowed);
        ConsoleServer server = await((tokenFile == null ? builder : builder.tokens(tokens(tokenFile))).start());
        answer(
                new Fields().with("url", server.uri()),
                out -> out.println("The console is at " + server.uri() + " until Ctrl-C."));
        shell().out().flush();
        finish(Mono.firstWithSignal(server.onStopped(), shell().end()).then(server.stop()));
        return ExitCode.DONE;
    }

    private static AccessTokens tokens(Path file) {
        try {
            return AccessTokens.read(file);
        } catch (UncheckedIOException e) {
            throw RefusedException.wrongArguments("The token file cannot be read: " + e.getMessage());
        }
    }
}
