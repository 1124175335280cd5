package io.headrace.console.pages;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The files of the console on the class path: the pages under {@code io/headrace/console/web}, and the libraries that they
 * import, under {@code lib}. Each is read once and kept. Thread-safe.
 */
final class Assets {

    private static final String PAGES = "io/headrace/console/web/";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

    private final Map<String, String> libraries =
            Map.of("lib/lit-html/", WebJar.folder("lit-html"), "lib/uplot/", WebJar.folder("uplot") + "dist/");
    private final Map<String, Asset> kept = new ConcurrentHashMap<>();

    /** Finds a file by its path below the console; empty if there is none. */
    Mono<Asset> find(String path) {
        Asset known = kept.get(path);
        if (known != null) {
            return Mono.just(known);
        }
        MediaType type = AssetTypes.of(path);
        if (type == null || !NAME.matcher(path).matches()) {
            return Mono.empty();
        }
        return Mono.fromCallable(() -> read(path, type)).subscribeOn(Schedulers.boundedElastic());
    }

    private @Nullable Asset read(String path, MediaType type) throws IOException {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource(path))) {
            if (in == null) {
                return null;
            }
            Asset asset = new Asset(type, in.readAllBytes());
            kept.put(path, asset);
            return asset;
        }
    }

    private String resource(String path) {
        return libraries.entrySet().stream()
                .filter(library -> path.startsWith(library.getKey()))
                .map(library ->
                        library.getValue() + path.substring(library.getKey().length()))
                .findFirst()
                .orElse(PAGES + path);
    }
}
