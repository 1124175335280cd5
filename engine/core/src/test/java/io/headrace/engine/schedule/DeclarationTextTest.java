package io.headrace.engine.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.schedule.Cron;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What makes a declaration another one. */
class DeclarationTextTest {

    private static String declaration(@Nullable String payload, @Nullable String headers) {
        Terms terms = Rows.row(Cron.of("@daily"), 1, Duration.ZERO, null).terms();
        return DeclarationText.digest(new Terms(
                terms.timetable(),
                terms.zone(),
                terms.start(),
                terms.jitter(),
                terms.misfire(),
                terms.overlap(),
                new Template("default", "grind", 4, payload, headers, null)));
    }

    @Test
    void spaceIsNothing() {
        assertThat(declaration(" { \"a b\" : [ 1 , true ] ,\n\"c\":{ } } ", null))
                .isEqualTo(declaration("{\"a b\":[1,true],\"c\":{}}", null));
    }

    @Test
    void theOrderOfAnObjectIsNone() {
        assertThat(declaration("{\"a\":{\"c\":1,\"d\":[2.50,{}]},\"b\":null}", "{\"x\":\"1\",\"y\":\"2\"}"))
                .isEqualTo(declaration("{\"b\":null,\"a\":{\"d\":[2.50,{}],\"c\":1}}", "{\"y\":\"2\",\"x\":\"1\"}"));
    }

    @Test
    void everyValueCounts() {
        assertThat(new String[] {
                    declaration(null, null),
                    declaration("null", null),
                    declaration("\"\"", null),
                    declaration("[1,2]", null),
                    declaration("[2,1]", null),
                    declaration("1", null),
                    declaration("1.0000000000000000000000000001", null),
                    declaration("\"{\\\"b\\\":1,\\\"a\\\":2}\"", null),
                    declaration("\"{\\\"a\\\":2,\\\"b\\\":1}\"", null),
                    declaration("{\"a\":1,\"b\":2}", null),
                    declaration("{\"a\":2,\"b\":1}", null),
                    declaration("{\"a\":[1],\"b\":2}", null),
                    declaration("[{\"a\":1},{\"b\":2}]", null),
                    declaration("1", "{\"x\":\"1\"}"),
                    declaration("{\"x\":\"1\"}", null),
                })
                .doesNotHaveDuplicates();
    }

    @Test
    void unreadableTextIsComparedAsIs() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(declaration(deep, null)).isEqualTo(declaration(deep, null)).isNotEqualTo(declaration("[]", null));
    }
}
