package io.headrace.cli.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintTest {

    private static List<String> printed(Consumer<PrintWriter> what) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        what.accept(out);
        out.flush();
        return text.toString().lines().toList();
    }

    @Test
    void numbersAreAlignedToTheRightAndTextToTheLeft() {
        Table table = new Table("QUEUE", "DUE", "OLDEST");
        table.row("mail", 7L, Duration.ofSeconds(65));
        table.row("größe", 12_345, null);

        assertThat(printed(table::print))
                .containsExactly("QUEUE    DUE  OLDEST", "mail       7  1m 5s", "größe  12345  -");
    }

    @Test
    void factsHaveTheirValuesBelowEachOther() {
        Facts facts = new Facts().fact("matched", 120L).fact("raced", 3L).fact("state", null);

        assertThat(printed(facts::print)).containsExactly("matched  120", "raced      3", "state    -");
    }

    @Test
    void storedTextMovesNoCursorAndBreaksNoRow() {
        String hostile = "\u001b[2Ja\u202eb\nc\u0007\ud83d\ude00";

        Table table = new Table("X");
        table.row(hostile);
        assertThat(printed(table::print)).containsExactly("X", "\\u001b[2Ja\\u202eb\\u000ac\\u0007\ud83d\ude00");
        assertThat(printed(out -> Facts.printText(out, "at a\n\tat b\u001b", "  ")))
                .containsExactly("  at a", "  \tat b\\u001b");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT0.35S, 350ms", "PT7.9S, 7s", "PT2M5S, 2m 5s", "PT1H, 1h", "PT76H5M, 3d 4h", "PT-5S, -5s"
    })
    void durationsHaveTheirTwoLargestUnits(Duration span, String words) {
        assertThat(Spans.words(span)).isEqualTo(words);
    }

    @Test
    void jsonHasItsFieldsInOrderAlsoThoseWithoutAValue() {
        Fields fields = new Fields()
                .with("id", Duration.ofSeconds(1))
                .with("none", null)
                .with("names", Set.of("a"))
                .with("inner", List.of(new Fields().with("n", 1L).with("ok", true)));

        assertThat(fields.json())
                .isEqualTo("{\"id\":\"PT1S\",\"none\":null,\"names\":[\"a\"],\"inner\":[{\"n\":1,\"ok\":true}]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{'a':1}", "nope", "[1,]"})
    void whatIsNotJsonIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.check(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "\"a\"", "12345678901234567890123", "[1]\n"})
    void everyJsonValueIsAccepted(String text) {
        Json.check(text);
    }
}
