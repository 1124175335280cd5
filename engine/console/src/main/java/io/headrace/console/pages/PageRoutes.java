package io.headrace.console.pages;

import static org.springframework.web.reactive.function.server.RequestPredicates.methods;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;

import java.net.URI;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the pages. All their URLs are relative, so that they work under any prefix, also behind a proxy that adds or strips
 * one. A browser keeps every file and asks whether it has changed, so that pages and API always fit together.
 */
public final class PageRoutes {

    private static final RequestPredicate READS = methods(HttpMethod.GET, HttpMethod.HEAD);
    private static final String FILE = "file";

    private final Assets assets = new Assets();

    /** Returns the routes, relative to the path of the console. A file that does not exist is not routed. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .route(READS.and(path("/{*" + FILE + "}")), this::file)
                .build();
    }

    private Mono<ServerResponse> file(ServerRequest request) {
        String file = request.pathVariable(FILE);
        return switch (file) {
            case "" -> addSlash(request);
            case "/" -> send(request, "index.html");
            default -> send(request, file.substring(1));
        };
    }

    /** Without the slash, the relative URLs of the first page would be relative to the folder above. */
    private static Mono<ServerResponse> addSlash(ServerRequest request) {
        String path = request.requestPath().value();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return ServerResponse.permanentRedirect(URI.create(last + "/")).build();
    }

    private Mono<ServerResponse> send(ServerRequest request, String file) {
        return assets.find(file)
                .flatMap(asset ->
                        request.checkNotModified(asset.tag()).switchIfEmpty(Mono.defer(() -> send(request, asset))))
                .switchIfEmpty(Mono.defer(() -> ServerResponse.notFound().build()));
    }

    private static Mono<ServerResponse> send(ServerRequest request, Asset asset) {
        byte[] gzipped = acceptsGzip(request) ? asset.gzipped() : null;
        byte[] bytes = gzipped == null ? asset.plain() : gzipped;
        ServerResponse.BodyBuilder response = ServerResponse.ok()
                .contentType(asset.type())
                .contentLength(bytes.length)
                .eTag(asset.tag())
                .cacheControl(CacheControl.noCache())
                .varyBy(HttpHeaders.ACCEPT_ENCODING);
        if (gzipped != null) {
            response.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return response.body((message, context) -> message.writeWith(
                Mono.fromSupplier(() -> message.bufferFactory().wrap(bytes))));
    }

    private static boolean acceptsGzip(ServerRequest request) {
        List<String> accepted = request.headers().header(HttpHeaders.ACCEPT_ENCODING);
        return accepted.stream().anyMatch(value -> value.contains("gzip") && !value.contains("gzip;q=0"));
    }
}
