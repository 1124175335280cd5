package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document that describes the API. */
final class OpenApi {

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("/io/headrace/console/openapi.json")) {
            return new OpenApi(new JsonMapper().readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All operations, such as {@code GET /jobs/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, item) -> item.propertyNames()
                        .forEach(method -> operations.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return operations;
    }

    /** The right that an operation needs: its name, {@code none}, or {@code of the action}. */
    String right(String operation) {
        String[] parts = operation.split(" ", 2);
        return document.path("paths")
                .path(parts[1])
                .path(parts[0].toLowerCase(Locale.ROOT))
                .path("x-right")
                .asString();
    }

    Set<String> operationIds() {
        Set<String> ids = new TreeSet<>();
        document.path("paths")
                .forEach(item -> item.forEach(operation -> assertThat(
                                ids.add(operation.path("operationId").asString()))
                        .isTrue()));
        return ids;
    }

    JsonNode document() {
        return document;
    }

    /** Compares an answer with what the document says of the operation and the status. */
    void check(String method, String path, Answer answer) {
        JsonNode operation = operation(method, path);
        if (operation == null) {
            assertThat(answer.status())
                    .as("%s %s is not in the document", method, path)
                    .isEqualTo(404);
            return;
        }
        JsonNode responses = operation.path("responses");
        JsonNode response =
                resolve(responses.path(responses.has("" + answer.status()) ? "" + answer.status() : "default"));
        JsonNode content = response.path("content");
        if (content.isMissingNode()) {
            assertThat(answer.json().isMissingNode()).isTrue();
            return;
        }
        String type = answer.type().getType() + "/" + answer.type().getSubtype();
        assertThat(content.propertyNames()).contains(type);
        if (!answer.json().isMissingNode()) {
            List<String> errors =
                    new Schemas(document).errors(content.path(type).path("schema"), answer.json());
            assertThat(errors).as("%s %s: %s", method, path, answer.json()).isEmpty();
        }
    }

    private JsonNode operation(String method, String path) {
        String plain = path.replaceFirst("\\?.*", "");
        return document.path("paths").properties().stream()
                .filter(entry -> Pattern.matches(entry.getKey().replaceAll("\\{\\w+}", "[^/]+"), plain))
                .sorted(Comparator.comparing(entry -> entry.getKey().contains("{")))
                .map(Map.Entry::getValue)
                .map(item -> item.get(method.toLowerCase(Locale.ROOT)))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }
}
