package io.headrace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when the transforms of a stored payload cannot be undone: one of them is not configured here, its key is unknown,
 * or the bytes were changed. As with every {@link PayloadUnreadableException}, the default {@link RetryPolicy} fails the job
 * at once, and the stored payload stays in the tombstone. Configure the transform or the key, then retry the job.
 */
public final class PayloadTransformException extends PayloadUnreadableException {

    private static final long serialVersionUID = 1L;

    private PayloadTransformException(String message, String kind, @Nullable Throwable cause) {
        super(kind, cause, message);
    }

    static PayloadTransformException missing(String kind, String name, List<String> configured) {
        return new PayloadTransformException(
                "The payload of kind '" + kind + "' was encoded by the transform '" + name
                        + "', which is not configured here; configured are " + configured
                        + ". Add it with transform(), or readOnly() to decode only, then retry the job",
                kind,
                null);
    }

    static PayloadTransformException failed(String kind, String applied, Throwable cause) {
        return new PayloadTransformException(
                "The payload of kind '" + kind + "' cannot be decoded by the transform '" + applied + "': "
                        + (cause.getMessage() == null ? cause.toString() : cause.getMessage())
                        + ". Check that it has the key, and that the stored payload was not changed, then retry the job",
                kind,
                cause);
    }

    static PayloadTransformException notStoredBy(String kind, String header, @Nullable Throwable cause) {
        return new PayloadTransformException(
                "The payload of kind '" + kind + "' has the header " + PayloadTransforms.HEADER + " '" + header
                        + "', but it is not a JSON string in Base64: it was not stored by a client",
                kind,
                cause);
    }

    static PayloadTransformException unreadableHeader(String kind, String header) {
        return new PayloadTransformException(
                "The payload of kind '" + kind + "' has the header " + PayloadTransforms.HEADER + " '" + header
                        + "', which does not name transforms: it was not stored by a client",
                kind,
                null);
    }
}
