package io.headrace.samples.indexer.index;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Tells the language of a file by its name. */
final class Languages {

    private static final String OTHER = "other";

    private static final Map<String, String> BY_NAME =
            Map.of("dockerfile", "Docker", "makefile", "Make", "mvnw", "Shell", "gradlew", "Shell");

    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("c", "C"),
            Map.entry("h", "C"),
            Map.entry("cc", "C++"),
            Map.entry("cpp", "C++"),
            Map.entry("hpp", "C++"),
            Map.entry("cs", "C#"),
            Map.entry("css", "CSS"),
            Map.entry("csv", "CSV"),
            Map.entry("go", "Go"),
            Map.entry("html", "HTML"),
            Map.entry("java", "Java"),
            Map.entry("js", "JavaScript"),
            Map.entry("json", "JSON"),
            Map.entry("kt", "Kotlin"),
            Map.entry("md", "Markdown"),
            Map.entry("properties", "Properties"),
            Map.entry("py", "Python"),
            Map.entry("rb", "Ruby"),
            Map.entry("rs", "Rust"),
            Map.entry("scala", "Scala"),
            Map.entry("sh", "Shell"),
            Map.entry("sql", "SQL"),
            Map.entry("toml", "TOML"),
            Map.entry("ts", "TypeScript"),
            Map.entry("txt", "Text"),
            Map.entry("xml", "XML"),
            Map.entry("yaml", "YAML"),
            Map.entry("yml", "YAML"));

    private Languages() {}

    static String of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String named = BY_NAME.get(name);
        if (named != null) {
            return named;
        }
        return BY_ENDING.getOrDefault(name.substring(name.lastIndexOf('.') + 1), OTHER);
    }
}
