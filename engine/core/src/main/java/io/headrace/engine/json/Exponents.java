package io.headrace.engine.json;

/**
 * Numbers such as {@code 1e131000}: a few bytes on their way into jsonb, which stores them as numeric, and 131,001 digits on
 * their way out.
 */
final class Exponents {

    /** Numeric has fewer digits than this in front of the point and behind it; beyond, PostgreSQL refuses the number. */
    private static final long MOST = 1_000_000;

    private Exponents() {}

    /** How many characters are added to a JSON text when its numbers are written without exponents; 0 or more. */
    static long writtenOut(String json) {
        return mayHaveAny(json, 'e') || mayHaveAny(json, 'E') ? inNumbers(json) : 0;
    }

    /** Looks for the letter behind a digit, which is quick; it may be part of a string. */
    private static boolean mayHaveAny(String json, char letter) {
        for (int at = json.indexOf(letter, 1); at > 0; at = json.indexOf(letter, at + 1)) {
            if (isDigit(json.charAt(at - 1))) {
                return true;
            }
        }
        return false;
    }

    private static long inNumbers(String json) {
        long more = 0;
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                at = endOfString(json, at);
            } else if (isDigit(c)) {
                int end = endOfNumber(json, at);
                more += Math.max(0, digits(json, at, end) - (end - at));
                at = end;
            } else {
                at++;
            }
        }
        return more;
    }

    private static int endOfString(String json, int quote) {
        int at = quote + 1;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfNumber(String json, int from) {
        int at = from;
        while (at < json.length() && (isDigit(json.charAt(at)) || "+-.eE".indexOf(json.charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    /** How many characters a number has, its sign apart, when it is written out. */
    private static long digits(String json, int from, int end) {
        int at = from;
        while (at < end && isDigit(json.charAt(at))) {
            at++;
        }
        int whole = at - from;
        int fraction = 0;
        if (at < end && json.charAt(at) == '.') {
            int point = at++;
            while (at < end && isDigit(json.charAt(at))) {
                at++;
            }
            fraction = at - point - 1;
        }
        long exponent = at < end ? exponent(json, at + 1, end) : 0;
        long behind = Math.max(0, fraction - exponent);
        return Math.max(1, whole + exponent) + (behind == 0 ? 0 : behind + 1);
    }

    private static long exponent(String json, int from, int end) {
        boolean negative = from < end && json.charAt(from) == '-';
        long value = 0;
        for (int at = from; at < end && value < MOST; at++) {
            if (isDigit(json.charAt(at))) {
                value = value * 10 + (json.charAt(at) - '0');
            }
        }
        return negative ? -value : value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
