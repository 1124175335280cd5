package io.headrace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why something cannot be encoded or decoded, before it becomes the error of a payload or of a value. */
final class TransformFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private TransformFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    /** Completes "the payload …". */
    static TransformFailure encoding(String transform, Throwable cause) {
        return new TransformFailure("cannot be encoded by the transform '" + transform + "': " + reason(cause), cause);
    }

    static TransformFailure missing(TransformSubject subject, String name, List<String> configured) {
        return new TransformFailure(
                subject.words() + " was encoded by the transform '" + name
                        + "', which is not configured here; configured are " + configured
                        + ". Add it with transform(), or readOnly() to decode only, then " + next(subject),
                null);
    }

    static TransformFailure decoding(TransformSubject subject, String applied, Throwable cause) {
        return new TransformFailure(
                subject.words() + " cannot be decoded by the transform '" + applied + "': " + reason(cause)
                        + ". Check that it has the key, and that what is stored was not changed, then " + next(subject),
                cause);
    }

    static TransformFailure notBase64(TransformSubject subject, String header, @Nullable Throwable cause) {
        return new TransformFailure(
                named(subject, header) + ", but it is not a JSON string in Base64: it was not stored by a client",
                cause);
    }

    static TransformFailure unreadableHeader(TransformSubject subject, String header) {
        return new TransformFailure(
                named(subject, header) + ", which does not name transforms: it was not stored by a client", null);
    }

    static TransformFailure notAnEnvelope(TransformSubject subject) {
        return new TransformFailure(
                subject.words() + " has the field " + PayloadTransforms.HEADER
                        + ", but not the form of a transformed value: it was not stored by a client",
                null);
    }

    private static String named(TransformSubject subject, String header) {
        String place = subject.content() == TransformSubject.Content.PAYLOAD ? "header " : "field ";
        return subject.words() + " has the " + place + PayloadTransforms.HEADER + " '" + header + "'";
    }

    private static String next(TransformSubject subject) {
        return switch (subject.content()) {
            case PAYLOAD, STEP, CURSOR -> "retry the job";
            case RESULT, SIGNAL -> "try again";
        };
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
