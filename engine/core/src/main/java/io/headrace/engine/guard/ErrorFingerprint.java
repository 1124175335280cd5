package io.headrace.engine.guard;

import io.headrace.spi.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for errors of one sort: their type and topmost frames, and those of their causes. Line numbers, numbers of
 * lambdas, proxies and threads do not count, and messages count only where there are no frames.
 */
final class ErrorFingerprint {

    private static final int MESSAGE_CHARACTERS = 200;

    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");
    private static final Pattern WITH_DIGITS = Pattern.compile("[\\p{L}\\p{N}_.:+-]*\\p{N}[\\p{L}\\p{N}_.:+-]*");

    private ErrorFingerprint() {}

    /** By types and frames alone; {@code null} if there are no frames. */
    static @Nullable String of(ErrorParts error) {
        List<String> words = words(error);
        return words.size() == error.unwrapped().size() ? null : Fingerprint.of(words);
    }

    /** Of an error without frames. */
    static String of(ErrorParts error, @Nullable String message) {
        List<String> words = words(error);
        if (message != null) {
            words.add(pattern(message));
        }
        return Fingerprint.of(words);
    }

    private static List<String> words(ErrorParts error) {
        List<String> words = new ArrayList<>();
        for (ErrorParts.Part part : error.unwrapped()) {
            words.add(StackFrames.className(part.type()));
            words.addAll(StackFrames.telling(part.frames()));
        }
        return words;
    }

    /** Of what is not an error, or cannot be read: the message tells the sort, without what names a single job. */
    static String of(String type, @Nullable String message) {
        return Fingerprint.of(message == null ? List.of(type) : List.of(type, pattern(message)));
    }

    private static String pattern(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        String bounded = line.substring(0, Math.min(line.length(), MESSAGE_CHARACTERS));
        return WITH_DIGITS.matcher(QUOTED.matcher(bounded).replaceAll("?")).replaceAll("#");
    }
}
