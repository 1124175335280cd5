package io.headrace.console;

import io.headrace.InvalidSettingException;
import io.headrace.JobOperator;
import io.headrace.console.guard.LoopbackPolicy;
import io.headrace.operate.Right;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * A running server that serves a {@link Console} and nothing else. Thread-safe.
 *
 * <p>Without tokens, it listens on a loopback address only, and only programs on this machine have access: they may
 * {@link Right#VIEW}, and what {@link Builder#allow} adds. With {@link Builder#tokens}, every request needs a token.
 */
public final class ConsoleServer {

    private final DisposableServer server;
    private final Console console;
    private final String path;

    private ConsoleServer(DisposableServer server, Console console, String path) {
        this.server = server;
        this.console = console;
        this.path = path;
    }

    /** Creates a builder for a server of the console of an operator's store. */
    public static Builder builder(JobOperator operator) {
        return new Builder(operator);
    }

    /** Returns the address of the first page. */
    public URI uri() {
        InetSocketAddress address = (InetSocketAddress) server.address();
        String host = address.getHostString();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + path);
    }

    /** Stops the server. Idempotent. */
    public Mono<Void> stop() {
        return Mono.fromRunnable(() -> {
                    console.endEvents();
                    server.dispose();
                })
                .then(server.onDispose());
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
        private final Set<Right> allowed = EnumSet.of(Right.VIEW);
        private @Nullable AccessTokens tokens;

        private Builder(JobOperator operator) {
            console = Console.builder(operator);
        }

        /** Sets the address to listen on. Others than loopback addresses need {@link #tokens}. Default: 127.0.0.1. */
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

        /** Gives programs on this machine more rights than {@link Right#VIEW}. Has no effect with {@link #tokens}. */
        public Builder allow(Set<Right> rights) {
            allowed.addAll(rights);
            return this;
        }

        /** Sets the tokens, one of which every request must have. Default: none. */
        public Builder tokens(AccessTokens tokens) {
            this.tokens = Objects.requireNonNull(tokens, "tokens");
            return this;
        }

        /** Configures the console. Its policy is set by this builder. */
        public Builder console(UnaryOperator<Console.Builder> configure) {
            console = configure.apply(console);
            return this;
        }

        /**
         * Starts the server.
         *
         * @return fails with an {@link InvalidSettingException} if it would listen on an address that other machines can
         *     reach, without tokens; and with a {@link reactor.netty.ChannelBindException} if the port is taken
         */
        public Mono<ConsoleServer> start() {
            return Mono.fromCallable(() -> InetAddress.getByName(host))
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnNext(this::check)
                    .flatMap(this::bind);
        }

        private Mono<ConsoleServer> bind(InetAddress address) {
            Console served = console.policy(policy()).build();
            return HttpServer.create()
                    .bindAddress(() -> new InetSocketAddress(address, port))
                    .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(served.routes(path))))
                    .bind()
                    .map(server -> new ConsoleServer(server, served, path));
        }

        private void check(InetAddress address) {
            if (tokens == null && !address.isLoopbackAddress()) {
                throw new InvalidSettingException(
                        "host",
                        "other machines can reach " + host + ", and nothing protects the console. Give it tokens"
                                + " (--token-file on the command line), or listen on 127.0.0.1");
            }
        }

        private OperatorPolicy policy() {
            return tokens == null
                    ? new LoopbackPolicy(
                            allowed, "To give access to others, start the console with tokens (--token-file)")
                    : tokens.policy();
        }
    }
}
