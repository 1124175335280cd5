package io.headrace.engine;

import io.headrace.spi.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Errors as text that is fit to be stored: bounded, and without characters that PostgreSQL refuses. */
final class ErrorText {

    private static final int TYPE_CHARACTERS = 200;
    private static final int MESSAGE_CHARACTERS = 2_000;
    private static final int TRACE_CHARACTERS = 8_000;
    private static final int TRACE_FRAMES = 40;
    private static final int TRACE_CAUSES = 5;

    private ErrorText() {}

    /** Never throws, whatever the error's own methods do. */
    static Verdict.Failure of(Throwable error) {
        String type = fit(error.getClass().getName(), TYPE_CHARACTERS);
        try {
            return new Verdict.Failure(type, message(error), fit(trace(error), TRACE_CHARACTERS));
        } catch (RuntimeException e) {
            return new Verdict.Failure(
                    type, "(it could not be read: " + e.getClass().getName() + ")", null);
        }
    }

    /** A failure that is a handler's word, not an error. */
    static Verdict.Failure of(String type, String reason) {
        return new Verdict.Failure(type, fit(reason, MESSAGE_CHARACTERS), null);
    }

    static String firstLine(Throwable error) {
        String message = message(error);
        if (message == null) {
            return error.getClass().getName();
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static @Nullable String message(Throwable error) {
        String message;
        try {
            message = error.getMessage();
        } catch (RuntimeException e) {
            message = "(its message could not be read: " + e.getClass().getName() + ")";
        }
        return message == null ? null : fit(message, MESSAGE_CHARACTERS);
    }

    /** The frames are counted out rather than printed and cut: a trace may be megabytes long. */
    private static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        PrintWriter lines = new PrintWriter(text);
        Throwable part = error;
        for (int causes = 0; part != null && causes < TRACE_CAUSES; causes++) {
            lines.println((causes == 0 ? "" : "Caused by: ") + part.getClass().getName() + ": " + message(part));
            StackTraceElement[] frames = part.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, TRACE_FRAMES); i++) {
                lines.println("\tat " + frames[i]);
            }
            if (frames.length > TRACE_FRAMES) {
                lines.println("\t… " + (frames.length - TRACE_FRAMES) + " more");
            }
            part = part.getCause();
        }
        return text.toString();
    }

    private static String fit(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most - 1) + "…";
        return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', '\uFFFD');
    }
}
