package io.headrace.spi;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The stack trace of an error and of its causes, as text. It does not contain the type and the message of the error itself,
 * so that errors which differ only in their message have the same trace. A store keeps equal traces once. Immutable. Traces
 * are equal if their texts are.
 */
public final class FailureTrace {

    private final String text;
    private final @Nullable String frame;
    private final UUID hash;

    /**
     * Creates a trace.
     *
     * @param text at most 8,000 characters, without NUL
     * @param frame the line of the text that tells most about where the error comes from; {@code null} if none does
     */
    public FailureTrace(String text, @Nullable String frame) {
        this.text = Objects.requireNonNull(text, "text");
        this.frame = frame;
        ByteBuffer digest = ByteBuffer.wrap(Fingerprint.digest(text));
        this.hash = new UUID(digest.getLong(), digest.getLong());
    }

    /** Returns the frames, and the causes with their messages and frames. */
    public String text() {
        return text;
    }

    /** Returns the frame that tells most about where the error comes from; {@code null} if none does. */
    public @Nullable String frame() {
        return frame;
    }

    /** Returns 128 bits of the SHA-256 of the text, the same in every process. */
    public UUID hash() {
        return hash;
    }

    /** Returns the text below a first line of type and message, as a JVM prints a stack trace. */
    public static String whole(String type, @Nullable String message, String text) {
        return type + (message == null ? "" : ": " + message) + "\n" + text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FailureTrace trace && text.equals(trace.text);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
