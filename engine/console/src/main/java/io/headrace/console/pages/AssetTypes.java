package io.headrace.console.pages;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/** Content types by extension. A file with any other extension is not served. */
final class AssetTypes {

    private static final Map<String, MediaType> BY_EXTENSION = Map.of(
            "html",
            text("text", "html"),
            "css",
            text("text", "css"),
            "js",
            text("text", "javascript"),
            "json",
            new MediaType("application", "json"),
            "svg",
            text("image", "svg+xml"),
            "png",
            MediaType.IMAGE_PNG,
            "ico",
            new MediaType("image", "x-icon"),
            "woff2",
            new MediaType("font", "woff2"));

    private AssetTypes() {}

    static @Nullable MediaType of(String file) {
        return BY_EXTENSION.get(file.substring(file.lastIndexOf('.') + 1));
    }

    private static MediaType text(String type, String subtype) {
        return new MediaType(type, subtype, StandardCharsets.UTF_8);
    }
}
