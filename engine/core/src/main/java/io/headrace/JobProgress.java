package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * How far a running job has come, by its handler's own word. It belongs to one attempt: the next begins without.
 *
 * <p>Nothing said of progress may fail a job. So what is out of bounds is not refused but brought into them: a percentage
 * under 0 or over 100 becomes 0 or 100, a message over {@link Limits#PROGRESS_MESSAGE_CHARACTERS} is cut, and what cannot be
 * stored as text (U+0000, half a surrogate pair) is replaced by U+FFFD.
 *
 * @param percent 0 to 100
 * @param message for people to read, if any
 */
public record JobProgress(int percent, @Nullable String message) {

    public JobProgress {
        percent = Math.max(0, Math.min(100, percent));
        message = message == null ? null : storable(cut(message));
    }

    /** Without a message. */
    public static JobProgress of(int percent) {
        return new JobProgress(percent, null);
    }

    private static String cut(String text) {
        if (text.length() <= Limits.PROGRESS_MESSAGE_CHARACTERS) {
            return text;
        }
        int end = Limits.PROGRESS_MESSAGE_CHARACTERS - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    private static String storable(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == '\0' || Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? text : mended.toString();
    }
}
