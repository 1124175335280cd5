package io.headrace.schedule;

/** Why a schedule fires. */
public enum FireCause {
    /** It was due. */
    DUE,
    /** An operator asked for it. */
    RUN_NOW,
    /** It is part of a backfill. */
    BACKFILL
}
