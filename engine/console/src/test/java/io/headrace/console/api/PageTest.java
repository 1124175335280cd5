package io.headrace.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.console.problem.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What docs/http-api.md says of operations, rights and problems. */
class PageTest {

    private static final Pattern ROW =
            Pattern.compile("^\\| `((?:GET|POST) \\S+)` \\| `?([^|`]+)`? \\|", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`([A-Z_]{6,})`");

    @Test
    void itHasEveryOperationWithItsRight() throws IOException {
        OpenApi document = OpenApi.read();
        Map<String, String> written = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(page());
        while (rows.find()) {
            written.put(rows.group(1), rows.group(2));
        }
        assertThat(written)
                .isEqualTo(document.operations().stream()
                        .collect(Collectors.toMap(operation -> operation, document::right)));
    }

    @Test
    void itHasEveryCodeOfAProblem() throws IOException {
        String errors = page().substring(page().indexOf("## Errors"));
        assertThat(CODE.matcher(errors).results().map(result -> result.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ProblemCode.values()).map(Enum::name).toList());
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "..", "docs", "http-api.md"));
    }
}
