package io.headrace.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a started application over HTTP, as an operator would. */
public final class Http {

    private final TestApp app;

    public Http(TestApp app) {
        this.app = app;
    }

    /** What was answered. */
    public record Answer(int status, String body) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    public Answer get(String path) {
        return send(path, null);
    }

    public Answer post(String path, String json) {
        return send(path, json);
    }

    private Answer send(String path, @Nullable String json) {
        String port = app.context().getEnvironment().getRequiredProperty("local.server.port");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(TestApp.PATIENCE)
                .header("Content-Type", "application/json");
        if (json != null) {
            request.POST(BodyPublishers.ofString(json));
        }
        try {
            HttpResponse<String> answer = client().send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new one each time: after an error the next answer on the same connection now and then did not come. */
    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }
}
