package io.headrace.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The modules of the pages: how they hang together, and that they stay small. */
class ModulesTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "io", "headrace", "console", "web");
    private static final Pattern IMPORT = Pattern.compile("(?:from|^import) '([^']+)'", Pattern.MULTILINE);
    private static final Pattern PRELOAD = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">");
    private static final int MOST_LINES = 300;

    @Test
    void theFirstPageNamesEveryModuleThatIsImported() {
        Set<String> imported = new TreeSet<>();
        for (Path module : modules()) {
            IMPORT.matcher(read(module))
                    .results()
                    .map(result -> resolved(module, result))
                    .forEach(imported::add);
        }
        Set<String> named = PRELOAD.matcher(read(FOLDER.resolve("index.html")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        // A directive of the library imports these.
        imported.add("lib/lit-html/directive.js");
        imported.add("lib/lit-html/directive-helpers.js");
        assertThat(named).isEqualTo(imported);
    }

    @Test
    void everyModuleIsUsed() {
        assertThat(modules().stream().map(ModulesTest::name))
                .allMatch(name -> name.equals("console.js") || name.equals("theme.js") || isNamed(name));
    }

    @Test
    void noModuleIsLong() {
        assertThat(modules())
                .allSatisfy(module -> assertThat(read(module).lines().count())
                        .as(name(module))
                        .isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void nothingIsWrittenThatThePolicyForbids() {
        assertThat(modules())
                .allSatisfy(module -> assertThat(read(module))
                        .as(name(module))
                        .doesNotContain(
                                " style=\"", " style=$", "unsafeHTML", "innerHTML", "eval(", "https://", "http://"));
        assertThat(read(FOLDER.resolve("index.html"))).doesNotContain("<style", " style=", "onload=", "https://");
    }

    private static boolean isNamed(String name) {
        return read(FOLDER.resolve("index.html")).contains("href=\"" + name + "\"");
    }

    private static String resolved(Path module, MatchResult result) {
        return name(module.getParent().resolve(result.group(1)).normalize());
    }

    private static String name(Path file) {
        return FOLDER.relativize(file).toString().replace('\\', '/');
    }

    private static List<Path> modules() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".js")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
