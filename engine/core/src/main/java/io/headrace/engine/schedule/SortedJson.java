package io.headrace.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads JSON text once, and writes it with the members of each object in the order of their names. Not thread-safe. */
final class SortedJson {

    private static final int MOST_DEPTH = 1_000;

    private final String json;
    private int at;
    private int depth;

    private SortedJson(String json) {
        this.json = json;
    }

    /** Equal for texts that differ in nothing but space and the order of members; as it is if it is nested too deep. */
    static String of(String json) {
        try {
            return new SortedJson(json).value();
        } catch (IllegalStateException | IndexOutOfBoundsException e) {
            return json;
        }
    }

    private String value() {
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private String object() {
        Map<String, String> members = new TreeMap<>();
        enter();
        while (next() != '}') {
            String name = string();
            skipSpace();
            at++;
            members.put(name, value());
            skipComma();
        }
        leave();
        List<String> texts = new ArrayList<>(members.size());
        members.forEach((name, value) -> texts.add(name + ":" + value));
        return "{" + String.join(",", texts) + "}";
    }

    private String array() {
        List<String> elements = new ArrayList<>();
        enter();
        while (next() != ']') {
            elements.add(value());
            skipComma();
        }
        leave();
        return "[" + String.join(",", elements) + "]";
    }

    private void enter() {
        at++;
        if (++depth > MOST_DEPTH) {
            throw new IllegalStateException("nested too deep");
        }
    }

    private void leave() {
        at++;
        depth--;
    }

    private void skipComma() {
        if (next() == ',') {
            at++;
        }
    }

    private String string() {
        int from = at++;
        while (json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return json.substring(from, ++at);
    }

    private String literal() {
        int from = at;
        while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw new IllegalStateException("no value");
        }
        return json.substring(from, at);
    }

    /** The next character that is no space, which is not consumed. */
    private char next() {
        skipSpace();
        return json.charAt(at);
    }

    private void skipSpace() {
        while (" \t\r\n".indexOf(json.charAt(at)) >= 0) {
            at++;
        }
    }
}
