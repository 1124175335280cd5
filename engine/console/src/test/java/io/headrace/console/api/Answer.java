package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer of the API: its status and its JSON, missing if it has none. */
record Answer(int status, MediaType type, JsonNode json) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static Answer of(EntityExchangeResult<byte[]> result) {
        byte[] body = result.getResponseBody();
        MediaType type = result.getResponseHeaders().getContentType();
        return new Answer(
                result.getStatus().value(),
                type,
                MAPPER.readTree(body == null || body.length == 0 ? new byte[0] : body));
    }

    /** The JSON of an answer that has succeeded. */
    JsonNode ok() {
        assertThat(status).as("%s", json).isEqualTo(200);
        return json;
    }

    void done() {
        assertThat(status).as("%s", json).isEqualTo(204);
    }

    /** The detail of a problem. */
    String problem(int expected, String code) {
        assertThat(status).as("%s", json).isEqualTo(expected);
        assertThat(json.path("code").asString()).isEqualTo(code);
        return json.path("detail").asString();
    }
}
