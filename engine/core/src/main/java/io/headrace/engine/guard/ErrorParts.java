package io.headrace.engine.guard;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * An error and its causes, as far as they are recorded, without the error's own message. Equal for errors that have the same
 * trace and fingerprint. Keeps no class and no error. Immutable.
 */
final class ErrorParts {

    private static final int MOST = 5;

    private final List<Part> parts;
    private final int hash;

    /** One of them; a wrapper says nothing beside its cause. */
    record Part(
            String type,
            boolean isWrapper,
            List<StackTraceElement> frames,
            @Nullable String message) {}

    private ErrorParts(List<Part> parts) {
        this.parts = parts;
        this.hash = parts.hashCode();
    }

    static ErrorParts of(Throwable error) {
        List<Part> parts = new ArrayList<>(1);
        Throwable part = error;
        while (part != null && parts.size() < MOST) {
            // The error's own message is no part of what is kept.
            String message = parts.isEmpty() ? null : ErrorText.message(part);
            parts.add(
                    new Part(part.getClass().getName(), isWrapper(part), Arrays.asList(part.getStackTrace()), message));
            part = part.getCause();
        }
        return new ErrorParts(parts);
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof InvocationTargetException
                || error instanceof UndeclaredThrowableException
                || error.getClass().getName().startsWith("reactor.core.Exceptions$");
    }

    /** All of them, the error first. */
    List<Part> all() {
        return parts;
    }

    /** From the first that is no wrapper, or else the last. */
    List<Part> unwrapped() {
        int from = 0;
        while (from < parts.size() - 1 && parts.get(from).isWrapper()) {
            from++;
        }
        return parts.subList(from, parts.size());
    }

    /** How many frames they have. */
    int size() {
        return parts.stream().mapToInt(part -> part.frames().size()).sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErrorParts error && hash == error.hash && parts.equals(error.parts);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
