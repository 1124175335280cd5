package io.headrace.console.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.JobId;
import io.headrace.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How values look in JSON. */
class JsonTextTest {

    record Lamp(
            boolean isLit,
            boolean issued,
            Duration delay,
            @Nullable Duration oldest,
            Instant at,
            JobId job,
            JobState state,
            Set<String> names,
            Map<String, Integer> slots) {

        public boolean isWarm() {
            return true;
        }

        public String describe() {
            return "not a field";
        }
    }

    record Numbers(long small, long large, Long boxed) {}

    @Test
    void oneRuleNamesAllFields() {
        Lamp lamp = new Lamp(
                true,
                false,
                Duration.ofMillis(1_500),
                null,
                Instant.parse("2026-01-01T00:00:00Z"),
                new JobId(1),
                JobState.FAILED,
                Set.of("c", "a", "b"),
                Map.of("z", 1, "y", 2));
        assertThat(JsonText.of(lamp))
                .isEqualTo("{\"lit\":true,\"issued\":false,\"delaySeconds\":1.5,\"oldestSeconds\":null,"
                        + "\"at\":\"2026-01-01T00:00:00Z\",\"job\":\"0000000000001\",\"state\":\"FAILED\","
                        + "\"names\":[\"a\",\"b\",\"c\"],\"slots\":{\"y\":2,\"z\":1},\"warm\":true}");
    }

    @Test
    void aNumberThatJavaScriptCannotHoldIsText() {
        assertThat(JsonText.of(new Numbers(9_007_199_254_740_991L, 9_007_199_254_740_992L, Long.MIN_VALUE)))
                .isEqualTo("{\"small\":9007199254740991,\"large\":\"9007199254740992\","
                        + "\"boxed\":\"-9223372036854775808\"}");
    }

    @Test
    void markupIsTextInJsonAndNothingElse() {
        assertThat(JsonText.of(Map.of("a", "<script>\u0000\u2028\"")))
                .isEqualTo("{\"a\":\"<script>\\u0000\u2028\\\"\"}");
    }
}
