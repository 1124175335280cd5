package io.headrace;

/**
 * Thrown when the transforms of a stored result, step, cursor or signal value cannot be undone: one of them is not configured
 * here, its key is unknown, or the bytes were changed. Nothing else has happened: a step whose value cannot be decoded does
 * not run again. If a handler fails with it, the default {@link RetryPolicy} fails the job at once; what is stored stays.
 * Configure the transform or the key, then retry the job, or ask again.
 */
public final class ValueTransformException extends ValueUnreadableException {

    private static final long serialVersionUID = 1L;

    ValueTransformException(TransformFailure why) {
        super(why.reason(), why.getCause());
    }
}
