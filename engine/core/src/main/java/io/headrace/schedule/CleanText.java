package io.headrace.schedule;

/** Text from elsewhere, fit for an error message: short, and without anything that a terminal or a log would obey. */
final class CleanText {

    private static final int CHARACTERS = 100;

    private CleanText() {}

    static String of(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < text.length() && i < CHARACTERS; i++) {
            char c = text.charAt(i);
            clean.append(harmless(c) ? c : '\uFFFD');
        }
        return text.length() > CHARACTERS ? clean.append('…').toString() : clean.toString();
    }

    private static boolean harmless(char c) {
        return !Character.isISOControl(c)
                && !Character.isSurrogate(c)
                && Character.getType(c) != Character.FORMAT
                && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR;
    }
}
