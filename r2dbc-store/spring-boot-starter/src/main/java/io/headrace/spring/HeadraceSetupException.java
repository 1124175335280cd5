package io.headrace.spring;

import io.headrace.HeadraceException;
import org.jspecify.annotations.Nullable;

/** Thrown when Headrace cannot start because of its configuration. States the problem and what to do. */
public final class HeadraceSetupException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String wrong;
    private final String remedy;

    /**
     * @param wrong the problem, as a sentence
     * @param remedy what to do, as a sentence
     */
    public HeadraceSetupException(String wrong, String remedy, @Nullable Throwable cause) {
        super(wrong + " " + remedy, cause);
        this.wrong = wrong;
        this.remedy = remedy;
    }

    /** The problem. */
    public String wrong() {
        return wrong;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
