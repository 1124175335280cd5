package io.headrace.engine.guard;

import io.headrace.spi.FailureTrace;
import io.headrace.spi.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Errors as text that is fit to be stored: bounded, and without characters that PostgreSQL refuses. Nothing here throws,
 * whatever the error's own methods do: they are somebody else's code.
 */
public final class ErrorText {

    private static final int TYPE_CHARACTERS = 200;
    private static final int MESSAGE_CHARACTERS = 2_000;
    private static final int LINE_CHARACTERS = 300;
    private static final int TRACE_CHARACTERS = 8_000;
    private static final int TRACE_FRAMES = 40;
    private static final int READABLE_CAUSES = 100;

    private static final KnownErrors KNOWN = new KnownErrors();

    private ErrorText() {}

    public static Verdict.Failure of(Throwable error) {
        String type = fit(error.getClass().getName(), TYPE_CHARACTERS);
        try {
            String message = message(error);
            ErrorParts parts = ErrorParts.of(error);
            KnownErrors.Known known = KNOWN.find(parts, ErrorText::written);
            String fingerprint = known.fingerprint();
            return new Verdict.Failure(
                    type,
                    message,
                    known.trace(),
                    fingerprint == null ? ErrorFingerprint.of(parts, message) : fingerprint);
        } catch (Throwable e) {
            return Verdict.Failure.ofType(type, unreadable(e));
        }
    }

    /** A failure that is a handler's word, not an error. */
    public static Verdict.Failure of(String type, String reason) {
        String message = fit(reason, MESSAGE_CHARACTERS);
        return new Verdict.Failure(type, message, null, ErrorFingerprint.of(type, message));
    }

    /** The first line of its message, or its type if it has none. */
    public static String firstLine(Throwable error) {
        String message = message(error);
        return message == null ? error.getClass().getName() : firstLine(message);
    }

    /** Its type, and the first line of its message if it has one. */
    public static String line(Throwable error) {
        return line(error.getClass().getName(), message(error));
    }

    public static String line(String type, @Nullable String message) {
        return message == null ? type : type + ": " + firstLine(message);
    }

    /** The error itself if a log can write it, else one that can be written in its stead. */
    public static Throwable readable(Throwable error) {
        try {
            StringBuilder tried = new StringBuilder();
            Throwable part = error;
            for (int causes = 0; part != null && causes < READABLE_CAUSES; causes++) {
                tried.append(part).append(part.getMessage());
                tried.append(part.getStackTrace().length).append(part.getSuppressed().length);
                part = part.getCause();
            }
            return part == null ? error : new Unreadable(error, "(its chain of causes is endless)");
        } catch (Throwable e) {
            return new Unreadable(error, unreadable(e));
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return fit(end < 0 ? message : message.substring(0, end), LINE_CHARACTERS);
    }

    static @Nullable String message(Throwable error) {
        String message;
        try {
            message = error.getMessage();
        } catch (Throwable e) {
            message = unreadable(e);
        }
        return message == null ? null : fit(message, MESSAGE_CHARACTERS);
    }

    private static String unreadable(Throwable why) {
        return "(unreadable: " + why.getClass().getName() + ")";
    }

    private static KnownErrors.Known written(ErrorParts error) {
        return new KnownErrors.Known(trace(error), ErrorFingerprint.of(error));
    }

    /** The frames are counted out rather than printed and cut: a trace may be megabytes long. */
    private static FailureTrace trace(ErrorParts error) {
        StringBuilder text = new StringBuilder();
        StackTraceElement telling = null;
        boolean isCause = false;
        for (ErrorParts.Part part : error.all()) {
            if (isCause) {
                text.append("Caused by: ")
                        .append(part.type())
                        .append(": ")
                        .append(part.message())
                        .append('\n');
            }
            List<StackTraceElement> frames = part.frames();
            for (int i = 0; i < Math.min(frames.size(), TRACE_FRAMES); i++) {
                text.append("\tat ").append(frames.get(i)).append('\n');
            }
            if (frames.size() > TRACE_FRAMES) {
                text.append("\t… ").append(frames.size() - TRACE_FRAMES).append(" more\n");
            }
            telling = StackFrames.moreTelling(telling, frames);
            isCause = true;
        }
        String frame = telling == null ? null : fit(telling.toString(), LINE_CHARACTERS);
        return new FailureTrace(fit(text.toString(), TRACE_CHARACTERS), frame);
    }

    private static String fit(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most - 1) + "…";
        return cut.indexOf('\0') < 0 ? cut : cut.replace('\0', '\uFFFD');
    }

    /** Stands for an error whose own methods throw. */
    private static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(Throwable error, String why) {
            super(error.getClass().getName() + " " + why, null, false, false);
        }
    }
}
