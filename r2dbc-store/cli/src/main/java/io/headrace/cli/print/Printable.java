package io.headrace.cli.print;

/**
 * Text as it may be written to a terminal. What applications store can contain control characters and marks that change
 * the direction of text: they are shown as escapes, so that they cannot move the cursor or disguise a line.
 */
final class Printable {

    private Printable() {}

    /** In one line. */
    static String line(String text) {
        return escaped(text, false);
    }

    /** With its line breaks and tabs. */
    static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean withBreaks) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isPlain(c) || (withBreaks && (c == '\n' || c == '\t'))) {
                safe.appendCodePoint(c);
            } else {
                safe.append(c <= 0xFFFF ? String.format("\\u%04x", c) : String.format("\\u{%x}", c));
            }
        });
        return safe.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
