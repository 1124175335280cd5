package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation refuses an actor who has all rights but the one that the document says it needs. */
class RightsTest {

    /** The operations that take a body, each with one that is valid. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /jobs",
            "{\"kind\": \"send-letter\", \"payload\": \"{}\"}",
            "POST /schedules/{name}/backfill",
            "{\"from\": \"2026-01-01T00:00:00Z\", \"to\": \"2026-01-02T00:00:00Z\"}");

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());

    static Stream<String> operations() {
        return OpenApi.read().operations().stream()
                .filter(operation -> OpenApi.read().right(operation) != null);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void itNeedsItsRight(String operation) {
        Right needed = OpenApi.read().right(operation);
        Set<Right> others = EnumSet.complementOf(EnumSet.of(needed));
        Api api = Api.as(operator, "somebody", others.toArray(Right[]::new));
        String path = operation
                .replaceFirst("\\w+ ", "")
                .replace("{id}", "0000000000001")
                .replaceAll("\\{\\w+}", "name");
        Answer answer = operation.startsWith("GET ")
                ? api.get(path)
                : BODIES.containsKey(operation) ? api.post(path, BODIES.get(operation)) : api.post(path);
        assertThat(answer.problem(403, "NOT_PERMITTED")).contains("'somebody'").contains(needed.name());
    }

    @Test
    void onlyWhoAsksAndTheDocumentAreForEverybody() {
        assertThat(OpenApi.read().operations().stream()
                        .filter(operation -> OpenApi.read().right(operation) == null))
                .containsExactly("GET /me", "GET /openapi.json");
    }

    @Test
    void somebodyWithoutRightsLearnsThatTheyHaveNone() {
        assertThat(Api.as(operator, "nobody").get("/me").ok().path("rights")).isEmpty();
    }
}
