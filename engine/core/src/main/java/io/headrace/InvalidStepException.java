package io.headrace;

/** Thrown when a step cannot run under its name. Its work was not started, and nothing was recorded. */
public final class InvalidStepException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    /** @param problem completes "step 'charge' …" */
    public InvalidStepException(String name, String problem) {
        super("step '" + name + "' " + problem, null);
    }
}
