package io.headrace.schedule;

import io.headrace.HeadraceException;

/**
 * Thrown when a cron expression or its zone is invalid, or cannot be used as it is. The message points at the part and
 * says what is allowed.
 */
public final class InvalidCronException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String expression;
    private final String field;
    private final int position;

    /**
     * Cuts the expression to 100 characters and replaces control characters.
     *
     * @param field the part that is invalid
     * @param position where it starts in the expression, from 1; 0 for the expression as a whole
     * @param reason what is wrong with it, and what is allowed
     */
    public InvalidCronException(String expression, String field, int position, String reason) {
        super(message(CleanText.of(expression), field, position, reason), null);
        this.expression = CleanText.of(expression);
        this.field = field;
        this.position = position;
    }

    /** The expression, cut to 100 characters and without control characters. */
    public String expression() {
        return expression;
    }

    /**
     * The invalid part: {@code second}, {@code minute}, {@code hour}, {@code day of month}, {@code month},
     * {@code day of week}, {@code zone}, or {@code expression} for the whole.
     */
    public String field() {
        return field;
    }

    /** Where the invalid part starts in the expression, from 1. 0 if it is the expression as a whole, or the zone. */
    public int position() {
        return position;
    }

    private static String message(String expression, String field, int position, String reason) {
        return "cron '" + expression + "', " + field + (position > 0 ? " at position " + position : "") + ": " + reason;
    }
}
