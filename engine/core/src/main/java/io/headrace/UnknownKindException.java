package io.headrace;

import java.util.Set;
import java.util.TreeSet;

/**
 * Thrown when a job is enqueued through an engine that has no handler for its kind, because it might wait forever
 * unnoticed. Nothing was enqueued.
 */
public final class UnknownKindException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    public UnknownKindException(String kind, Set<String> known) {
        super(
                "kind '" + kind + "' has no handler in this engine; known kinds are " + new TreeSet<>(known)
                        + ". Subscribe a handler (with Spring, an @HandlesJob method or a JobHandler bean). If another"
                        + " service handles the kind, pass it to enqueues(type) on the engine's builder (with Spring, declare"
                        + " the JobType as a bean), or enqueue through JobClient.create(store)",
                null);
        this.kind = kind;
    }

    /** The kind that has no handler in this engine. */
    public String kind() {
        return kind;
    }
}
