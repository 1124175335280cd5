package io.headrace;

/**
 * Thrown when the transforms of a stored payload cannot be undone: one of them is not configured here, its key is unknown,
 * or the bytes were changed. As with every {@link PayloadUnreadableException}, the default {@link RetryPolicy} fails the job
 * at once, and the stored payload stays in the tombstone. Configure the transform or the key, then retry the job.
 */
public final class PayloadTransformException extends PayloadUnreadableException {

    private static final long serialVersionUID = 1L;

    PayloadTransformException(String kind, TransformFailure why) {
        super(kind, why.getCause(), why.reason());
    }
}
