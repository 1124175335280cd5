package io.headrace.postgres.sql;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The {@code .sql} files of a folder, as statements for one schema. Immutable.
 *
 * <p>What several statements share is a part: a file of its own in the folder {@code part}. A statement includes a part by
 * name, with values for what differs: {@code ${include pending source=sets}} becomes the text of {@code part/pending.sql}, in
 * which {@code ${source}} becomes {@code sets}. A value has no spaces. A part may include other parts. This happens once, when
 * a store is built; the server sees whole statements.
 */
public final class StatementFolder {

    private static final Pattern INCLUDE = Pattern.compile("\\$\\{include (\\w+)((?: \\w+=[^ }]+)*)}");
    private static final Pattern VALUE = Pattern.compile(" (\\w+)=([^ }]+)");
    private static final String HOLE = "${";

    private final String folder;
    private final SchemaName schema;

    /**
     * The statements of one folder.
     *
     * @param folder an absolute path on the class path, such as {@code /io/headrace/postgres/sql}
     */
    public StatementFolder(String folder, SchemaName schema) {
        this.folder = folder;
        this.schema = schema;
    }

    /**
     * A statement, whole and without its comments, which would travel with every parse.
     *
     * @param name room and file without its extension, such as {@code claim/payloads}
     * @throws IllegalStateException if there is no such file or something in it is left to be filled in
     */
    public String statement(String name) {
        String whole = withParts(text(name)).replace("${schema}", schema.text());
        if (whole.contains(HOLE)) {
            throw new IllegalStateException("nothing fills "
                    + whole.substring(whole.indexOf(HOLE)).lines().findFirst().orElse("") + " in " + name);
        }
        return whole;
    }

    private String withParts(String text) {
        return INCLUDE.matcher(text).replaceAll(include -> Matcher.quoteReplacement(part(include)));
    }

    private String part(MatchResult include) {
        String text = text("part/" + include.group(1));
        Matcher value = VALUE.matcher(include.group(2));
        while (value.find()) {
            String hole = HOLE + value.group(1) + "}";
            if (!text.contains(hole)) {
                throw new IllegalStateException("part/" + include.group(1) + ".sql has no " + hole);
            }
            text = text.replace(hole, value.group(2));
        }
        return withParts(text);
    }

    private String text(String name) {
        return ResourceText.of(folder + "/" + name + ".sql")
                .lines()
                .map(line -> line.replaceFirst("--.*", "").strip())
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining("\n"));
    }
}
