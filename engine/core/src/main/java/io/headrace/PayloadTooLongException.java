package io.headrace;

/**
 * Thrown when a stored payload is longer than this process can hold. It was not enqueued by a Headrace client with the
 * settings of this process. Note that PostgreSQL returns a number such as {@code 1e131000} with all of its digits. The
 * job has failed, and its payload stays in the tombstone. It can be retried once the engine's payload budget, or the
 * heap, is larger.
 */
public final class PayloadTooLongException extends HeadraceException {

    private static final long serialVersionUID = 1L;

    private final String kind;
    private final long bytes;
    private final long limit;

    public PayloadTooLongException(String kind, long bytes, long limit) {
        super(
                "The payload of kind '" + kind + "' is " + bytes + " bytes long as text, but this engine reads at most "
                        + limit + " bytes: increase payloadBudget or the heap, then retry the job",
                null);
        this.kind = kind;
        this.bytes = bytes;
        this.limit = limit;
    }

    /** The kind of the job. */
    public String kind() {
        return kind;
    }

    /** The combined length of the payload and the headers, in bytes of UTF-8. */
    public long bytes() {
        return bytes;
    }

    /** The maximum length that this engine reads, in bytes. */
    public long limit() {
        return limit;
    }
}
