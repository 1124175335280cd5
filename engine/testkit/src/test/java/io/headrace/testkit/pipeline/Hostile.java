package io.headrace.testkit.pipeline;

/** An error one of whose own methods throws another. */
final class Hostile extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String method;

    Hostile(String method) {
        super("hostile");
        this.method = method;
    }

    private <T> T unless(String called, T answer) {
        if (called.equals(method)) {
            throw new StackOverflowError(called);
        }
        return answer;
    }

    @Override
    public String getMessage() {
        return unless("getMessage", super.getMessage());
    }

    @Override
    public String getLocalizedMessage() {
        return unless("getLocalizedMessage", "hostile");
    }

    @Override
    public String toString() {
        return method == null ? "hostile" : unless("toString", "hostile");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
        return unless("getStackTrace", super.getStackTrace());
    }

    @Override
    public synchronized Throwable getCause() {
        return unless("getCause", super.getCause());
    }
}
