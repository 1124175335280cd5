package io.headrace.console.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.console.Redaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values are hidden, and that nothing else changes. */
class HiddenFieldsTest {

    private final Redaction redaction = Redaction.ofFields("password", "Card");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"password\":\"x\",\"to\":\"ada\"} | {\"password\":\"(hidden)\",\"to\":\"ada\"}",
                "{\"PassWord\":1} | {\"PassWord\":\"(hidden)\"}",
                "{\"card\":{\"number\":[4,2]},\"n\":1} | {\"card\":\"(hidden)\",\"n\":1}",
                "[{\"a\":[{\"password\":null}]}] | [{\"a\":[{\"password\":\"(hidden)\"}]}]",
                "{\"passwords\":1} | {\"passwords\":1}",
                "\"password\" | \"password\"",
            })
    void valuesOfTheNamedFieldsAreHiddenAtAnyDepth(String json, String shown) {
        assertThat(redaction.apply("any", json)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12345678901234567890.123456789012345678901234567890",
                "{\"n\":9007199254740993,\"e\":1e131000,\"z\":-0.0,\"t\":1.10}",
                "{\"a\":\"<script>\\u0000 é\",\"b\":[true,false,null,[],{}]}"
            })
    void everythingElseStaysAsItIs(String json) {
        assertThat(redaction.apply("any", json)).isEqualTo(json);
    }

    @Test
    void aLongNumberKeepsItsDigits() {
        String json = "{\"n\":" + "7".repeat(100_000) + "}";
        assertThat(redaction.apply("any", json)).isEqualTo(json);
    }

    @Test
    void whatCannotBeReadIsHiddenAltogether() {
        assertThat(redaction.apply("any", "{\"password\": secret"))
                .doesNotContain("secret")
                .contains("cannot be read");
    }
}
