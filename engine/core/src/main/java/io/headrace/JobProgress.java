package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * The progress of a running job, as reported by its handler. It belongs to one attempt: the next attempt starts without
 * progress.
 *
 * <p>Reporting progress never fails a job. Values out of range are therefore adjusted instead of rejected: a percentage
 * below 0 or above 100 becomes 0 or 100, a message longer than {@link JobConstraints#PROGRESS_MESSAGE_CHARACTERS} is cut, and
 * characters that cannot be stored as text (U+0000, lone surrogates) are replaced by U+FFFD.
 *
 * @param percent from 0 to 100
 * @param message a message for people, or {@code null}
 */
public record JobProgress(int percent, @Nullable String message) {

    public JobProgress {
        percent = Math.max(0, Math.min(100, percent));
        message = message == null ? null : storable(cut(message));
    }

    /** Creates progress without a message. */
    public static JobProgress of(int percent) {
        return new JobProgress(percent, null);
    }

    private static String cut(String text) {
        if (text.length() <= JobConstraints.PROGRESS_MESSAGE_CHARACTERS) {
            return text;
        }
        int end = JobConstraints.PROGRESS_MESSAGE_CHARACTERS - 1;
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
