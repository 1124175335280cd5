package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobOperator;
import io.headrace.operate.Right;
import io.headrace.testkit.InMemoryJobStore;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation refuses an actor who has all rights but the one that the document says it needs. */
class RightsTest {

    private static final OpenApi DOCUMENT = OpenApi.read();
    private static final List<String> RIGHTS =
            Arrays.stream(Right.values()).map(Right::name).toList();
    private static final String ACTION = "{\"action\": \"%s\", \"queue\": \"mail\"}";

    /** The operations that take a body, each with one that is valid. */
    private static final Map<String, String> BODIES = Map.of(
            "POST /jobs",
            "{\"kind\": \"send-letter\", \"payload\": \"{}\"}",
            "POST /signals",
            "{\"key\": \"paid-77\"}",
            "POST /operations/preview",
            ACTION.formatted("RETRY"),
            "POST /schedules/{name}/backfill",
            "{\"from\": \"2026-01-01T00:00:00Z\", \"to\": \"2026-01-02T00:00:00Z\"}");

    private final JobOperator operator = JobOperator.create(InMemoryJobStore.create());

    static Stream<String> operations() {
        return DOCUMENT.operations().stream().filter(operation -> RIGHTS.contains(DOCUMENT.right(operation)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void itNeedsItsRight(String operation) {
        Right needed = Right.valueOf(DOCUMENT.right(operation));
        Set<Right> others = EnumSet.complementOf(EnumSet.of(needed));
        Api api = Api.as(operator, "somebody", others.toArray(Right[]::new));
        String path = operation
                .replaceFirst("\\w+ ", "")
                .replace("{id}", "0000000000001")
                .replace("{fingerprint}", "0123456789abcdef")
                .replaceAll("\\{\\w+}", "name");
        Answer answer = operation.startsWith("GET ")
                ? api.get(path)
                : BODIES.containsKey(operation) ? api.post(path, BODIES.get(operation)) : api.post(path);
        assertThat(answer.problem(403, "NOT_PERMITTED")).contains("'somebody'").contains(needed.name());
    }

    @ParameterizedTest
    @EnumSource(ActionBody.Verb.class)
    void aBulkOperationNeedsTheRightOfItsAction(ActionBody.Verb verb) {
        Right needed = Right.valueOf(verb.name());
        Api api = Api.as(
                operator, "somebody", EnumSet.complementOf(EnumSet.of(needed)).toArray(Right[]::new));
        assertThat(api.post("/operations", ACTION.formatted(verb)).problem(403, "NOT_PERMITTED"))
                .contains(needed.name());
        String id = Api.of(operator)
                .post("/operations", ACTION.formatted(verb))
                .ok()
                .path("id")
                .asString();
        assertThat(api.post("/operations/" + id + "/stop").problem(403, "NOT_PERMITTED"))
                .contains(needed.name());
    }

    @Test
    void onlyWhoAsksAndTheDocumentAreForEverybody() {
        assertThat(DOCUMENT.operations().stream().filter(operation -> !RIGHTS.contains(DOCUMENT.right(operation))))
                .containsExactly(
                        "GET /me", "GET /openapi.json", "POST /operations", "POST /operations/{operation}/stop");
    }

    @Test
    void somebodyWithoutRightsLearnsThatTheyHaveNone() {
        assertThat(Api.as(operator, "nobody").get("/me").ok().path("rights")).isEmpty();
    }
}
