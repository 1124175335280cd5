package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.console.PayloadView;
import io.headrace.console.Redaction;
import io.headrace.console.events.EventStreams;
import io.headrace.console.payload.Payloads;
import io.headrace.testkit.InMemoryJobStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document that describes the API, and the routes: each has what the other has. */
class OpenApiTest {

    private final OpenApi document = OpenApi.read();

    @Test
    void everyRouteIsInTheDocumentAndTheOtherWayRound() {
        Set<String> routes = RouteList.of(new ApiRoutes(
                        "test",
                        Duration.ofSeconds(20),
                        new Payloads(PayloadView.STORED, Redaction.NOTHING),
                        new EventStreams(Map.of()))
                .routes());
        assertThat(routes).isEqualTo(document.operations()).hasSizeGreaterThan(20);
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(document.operationIds()).hasSameSizeAs(document.operations());
    }

    @Test
    void everyReferenceHasATarget() {
        assertThat(document.document().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.document().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void itIsServedBesideTheOperations() {
        JsonNode served = Api.of(JobOperator.create(InMemoryJobStore.create()))
                .get("/openapi.json")
                .ok();
        assertThat(served).isEqualTo(document.document());
        assertThat(served.path("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void aFieldThatTheDocumentDoesNotHaveIsFound() {
        JsonNode schema = document.document().at("/components/schemas/Cancelled");
        JsonNode value =
                new JsonMapper().readTree("{\"job\": \"0000000000001\", \"answer\": \"PERHAPS\", \"extra\": 1}");
        List<String> errors = new Schemas(document.document()).errors(schema, value);
        assertThat(errors).hasSize(2);
    }
}
