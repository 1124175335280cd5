package io.headrace.operate;

import io.headrace.HeadraceException;

/** Signalled when an actor lacks the right that a call needs. Nothing was done. */
public final class NotPermittedException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String actor;
    private final Right right;

    public NotPermittedException(String actor, Right right) {
        super(
                "'" + actor + "' lacks the right " + right + ", which this needs. Grant it, or ask somebody who has it",
                null);
        this.actor = actor;
        this.right = right;
    }

    /** The name of the actor. */
    public String actor() {
        return actor;
    }

    /** The missing right. */
    public Right right() {
        return right;
    }
}
