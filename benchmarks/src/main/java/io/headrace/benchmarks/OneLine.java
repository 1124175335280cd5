package io.headrace.benchmarks;

/** Text from elsewhere, made fit for one line of a terminal. */
public final class OneLine {

    private OneLine() {}

    /** With a question mark for each control character. */
    public static String of(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An error's message, or its class where it has none. */
    public static String of(Throwable error) {
        String message = error.getMessage();
        return message == null
                ? error.getClass().getSimpleName()
                : of(message.lines().findFirst().orElse(message));
    }
}
