package io.headrace.console;

import io.headrace.InvalidSettingException;
import io.headrace.console.guard.TokenPolicy;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tokens of those who may use a console that has no application around it. A file has one actor per line: a name, a token
 * and, optionally, rights, such as {@code ada 1f0c9e6a2b7d4835 RETRY,PAUSE}. Every actor may {@link Right#VIEW}. Empty lines and
 * lines that start with {@code #} are skipped.
 *
 * <p>A program sends {@code Authorization: Bearer} and the token; a browser asks for a name, which is not used, and a password,
 * which is the token. Immutable and thread-safe.
 */
public final class AccessTokens {

    /** The minimum length of a token, in characters. */
    public static final int SHORTEST = 16;

    private static final String SETTING = "tokens";
    private static final int WITH_RIGHTS = 3;

    private final Map<String, Actor> actors;

    private AccessTokens(Map<String, Actor> actors) {
        this.actors = actors;
    }

    /**
     * Reads a file. Blocks.
     *
     * @throws InvalidSettingException if a line is invalid; names the line, never the token
     * @throws UncheckedIOException if the file cannot be read
     */
    public static AccessTokens read(Path file) {
        try {
            return parse(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Parses the lines of a file.
     *
     * @throws InvalidSettingException if a line is invalid, or if there is no token
     */
    public static AccessTokens parse(List<String> lines) {
        Map<String, Actor> actors = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] words = line.split("\\s+");
                String where = "line " + (i + 1) + " ";
                check(words, where);
                if (actors.put(words[1], new Actor(words[0], rights(words, where))) != null) {
                    throw new InvalidSettingException(SETTING, where + "has the token of an earlier line");
                }
            }
        }
        if (actors.isEmpty()) {
            throw new InvalidSettingException(SETTING, "there is none. Write a line with a name and a token");
        }
        return new AccessTokens(actors);
    }

    private static void check(String[] words, String where) {
        if (words.length < 2 || words.length > WITH_RIGHTS) {
            throw new InvalidSettingException(SETTING, where + "is not a name, a token and, optionally, rights");
        }
        if (words[1].length() < SHORTEST) {
            throw new InvalidSettingException(
                    SETTING, where + "has a token of " + words[1].length() + " characters; use at least " + SHORTEST);
        }
    }

    private static Set<Right> rights(String[] words, String where) {
        Set<Right> rights = EnumSet.of(Right.VIEW);
        if (words.length == WITH_RIGHTS) {
            for (String word : words[2].split(",", -1)) {
                rights.add(Arrays.stream(Right.values())
                        .filter(right -> right.name().equals(word))
                        .findFirst()
                        .orElseThrow(() -> new InvalidSettingException(
                                SETTING,
                                where + "has an unknown right; the rights are " + Arrays.toString(Right.values()))));
            }
        }
        return rights;
    }

    /** Returns the policy that knows actors by their tokens and refuses everybody else. */
    public OperatorPolicy policy() {
        return new TokenPolicy(actors);
    }
}
