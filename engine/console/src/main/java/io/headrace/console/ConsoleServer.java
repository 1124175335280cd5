package io.headrace.console;

import io.headrace.JobOperator;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** A running server that serves a {@link Console} and nothing else. Thread-safe. */
public final class ConsoleServer {

    private final DisposableServer server;
    private final String path;

    private ConsoleServer(DisposableServer server, String path) {
        this.server = server;
        this.path = path;
    }

    /** Creates a builder for a server of the console of an operator's store. */
    public static Builder builder(JobOperator operator) {
        return new Builder(operator);
    }

    /** Returns the address of the first page. */
    public URI uri() {
        InetSocketAddress address = (InetSocketAddress) server.address();
        return URI.create("http://" + address.getHostString() + ":" + address.getPort() + path);
    }

    /** Stops the server. Idempotent. */
    public Mono<Void> stop() {
        return Mono.fromRunnable(server::dispose).then(server.onDispose());
    }

    /** Completes when the server has stopped. */
    public Mono<Void> onStopped() {
        return server.onDispose();
    }

    /** Builds a server. Not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_PORT = 8473;

        private Console.Builder console;
        private String host = "127.0.0.1";
        private int port = DEFAULT_PORT;
        private String path = "/";

        private Builder(JobOperator operator) {
            console = Console.builder(operator);
        }

        /** Sets the address to listen on. Default: 127.0.0.1. */
        public Builder host(String host) {
            this.host = Objects.requireNonNull(host, "host");
            return this;
        }

        /** Sets the port to listen on; 0 for any free one. Default: 8473. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Sets the path of the console. Default: {@code /}. */
        public Builder path(String path) {
            String start = path.startsWith("/") ? path : "/" + path;
            this.path = start.endsWith("/") ? start : start + "/";
            return this;
        }

        /** Configures the console. */
        public Builder console(UnaryOperator<Console.Builder> configure) {
            console = configure.apply(console);
            return this;
        }

        /** Starts the server. The result fails with a {@link reactor.netty.ChannelBindException} if the port is taken. */
        public Mono<ConsoleServer> start() {
            return Mono.defer(() -> HttpServer.create()
                    .host(host)
                    .port(port)
                    .handle(new ReactorHttpHandlerAdapter(
                            RouterFunctions.toHttpHandler(console.build().routes(path))))
                    .bind()
                    .map(server -> new ConsoleServer(server, path)));
        }
    }
}
