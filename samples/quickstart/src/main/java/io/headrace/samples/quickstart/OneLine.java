package io.headrace.samples.quickstart;

import java.nio.file.FileSystemException;

/** File names and errors, made fit for one line of a terminal. */
final class OneLine {

    private OneLine() {}

    /** With a question mark for each control character: a file name may hold line ends and colours. */
    static String of(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An error's message, with its class where the message alone would not say what is wrong. */
    static String of(Throwable error) {
        String type = error.getClass().getSimpleName();
        String message = error.getMessage();
        if (message == null) {
            return type;
        }
        return of(error instanceof FileSystemException ? type + ": " + message : message);
    }
}
