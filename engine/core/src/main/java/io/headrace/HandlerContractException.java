package io.headrace;

/**
 * Thrown when a handler violates its contract by returning {@code null} instead of a publisher or a stage. The attempt
 * fails.
 */
public final class HandlerContractException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    public HandlerContractException(String kind, String reason) {
        super("The handler of kind '" + kind + "' " + reason, null);
    }
}
