package io.headrace;

import org.jspecify.annotations.Nullable;

/**
 * Names what a {@link PayloadTransform} encodes: the payload of a job, one of the values that the job keeps beside it, or the
 * value of a signal.
 *
 * @param content what it is
 * @param owner what it belongs to: the kind of the job for a payload; the id of the job for a result, a step or a cursor; the
 *     key for a signal
 * @param name the name of the step; {@code null} for others
 */
public record TransformSubject(
        Content content, String owner, @Nullable String name) {

    /** What can be encoded. */
    public enum Content {
        /** The payload of a job. */
        PAYLOAD("payload"),
        /** The result with which a job completed. */
        RESULT("result"),
        /** What a step of a job returned. */
        STEP("step"),
        /** The cursor of a job. */
        CURSOR("cursor"),
        /** The value of a signal. */
        SIGNAL("signal");

        private final String word;

        Content(String word) {
            this.word = word;
        }
    }

    /** Names the payloads of a kind. */
    public static TransformSubject payload(String kind) {
        return new TransformSubject(Content.PAYLOAD, kind, null);
    }

    /** Names the result of a job. */
    public static TransformSubject result(JobId job) {
        return new TransformSubject(Content.RESULT, job.toString(), null);
    }

    /** Names the value of a step. */
    public static TransformSubject step(JobId job, String name) {
        return new TransformSubject(Content.STEP, job.toString(), name);
    }

    /** Names the cursor of a job. */
    public static TransformSubject cursor(JobId job) {
        return new TransformSubject(Content.CURSOR, job.toString(), null);
    }

    /** Names the value of a signal. */
    public static TransformSubject signal(String key) {
        return new TransformSubject(Content.SIGNAL, key, null);
    }

    /**
     * Returns this as text: {@code payload send-letter}, {@code result 01Q8ZPXRG0002}, {@code step 01Q8ZPXRG0002 charge}. It
     * is the same when the bytes are decoded, in this version and in later ones.
     */
    public String text() {
        return content.word + ' ' + owner + (name == null ? "" : ' ' + name);
    }

    /** As an error begins. */
    String words() {
        return switch (content) {
            case PAYLOAD -> "The payload of kind '" + owner + "'";
            case RESULT -> "The result of job " + owner;
            case STEP -> "The value of step '" + name + "' of job " + owner;
            case CURSOR -> "The cursor of job " + owner;
            case SIGNAL -> "The value of the signal '" + owner + "'";
        };
    }
}
