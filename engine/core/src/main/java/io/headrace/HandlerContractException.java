package io.headrace;

/** A handler broke its contract: it returned {@code null} instead of a publisher or a stage. The attempt failed. */
public final class HandlerContractException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    public HandlerContractException(String kind, String reason) {
        super("the handler of kind '" + kind + "' " + reason, null);
    }
}
