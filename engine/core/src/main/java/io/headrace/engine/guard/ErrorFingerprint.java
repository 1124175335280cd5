package io.headrace.engine.guard;

import io.headrace.spi.Fingerprint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for errors of one sort: their type and topmost frames, and those of their causes. Line numbers, numbers of
 * lambdas, proxies and threads do not count, and messages count only where there are no frames.
 */
final class ErrorFingerprint {

    private static final int CAUSES = 5;
    private static final int MESSAGE_CHARACTERS = 200;

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");
    private static final Pattern WITH_DIGITS = Pattern.compile("[\\p{L}\\p{N}_.:+-]*\\p{N}[\\p{L}\\p{N}_.:+-]*");

    private ErrorFingerprint() {}

    static String of(Throwable error, @Nullable String message) {
        List<String> words = new ArrayList<>();
        boolean framed = false;
        Throwable part = unwrapped(error);
        for (int causes = 0; part != null && causes < CAUSES; causes++) {
            words.add(StackFrames.className(part.getClass().getName()));
            List<String> frames = StackFrames.telling(part.getStackTrace());
            framed |= !frames.isEmpty();
            words.addAll(frames);
            part = part.getCause();
        }
        if (!framed && message != null) {
            words.add(pattern(message));
        }
        return Fingerprint.of(words);
    }

    /** Of what is not an error, or cannot be read: the message tells the sort, without what names a single job. */
    static String of(String type, @Nullable String message) {
        return Fingerprint.of(message == null ? List.of(type) : List.of(type, pattern(message)));
    }

    private static Throwable unwrapped(Throwable error) {
        Throwable part = error;
        for (int wrappers = 0; wrappers < CAUSES && isWrapper(part); wrappers++) {
            Throwable cause = part.getCause();
            if (cause == null) {
                return part;
            }
            part = cause;
        }
        return part;
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof InvocationTargetException
                || error instanceof UndeclaredThrowableException
                || error.getClass().getName().startsWith("reactor.core.Exceptions$");
    }

    private static String pattern(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        String bounded = line.substring(0, Math.min(line.length(), MESSAGE_CHARACTERS));
        return WITH_DIGITS.matcher(QUOTED.matcher(bounded).replaceAll("?")).replaceAll("#");
    }
}
