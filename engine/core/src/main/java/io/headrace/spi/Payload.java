package io.headrace.spi;

import io.headrace.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link PayloadRequest}: the payload and the headers, or their length, or why they cannot be read.
 *
 * @param job the job
 * @param bytes the combined length of payload and headers, in bytes of UTF-8; 0 if it could not be determined
 * @param json the payload as JSON text; {@code null} if payload and headers are longer than requested, or cannot be
 *     read
 * @param headers the headers as JSON text of an object with string values; {@code null} for none
 * @param refused why the store cannot return this payload to anybody; transient if the store's own state may have been
 *     the cause
 */
public record Payload(
        long job,
        long bytes,
        @Nullable String json,
        @Nullable String headers,
        @Nullable StoreException refused) {

    /** Creates the answer for a payload that can be read, except perhaps for its length. */
    public Payload(long job, long bytes, @Nullable String json, @Nullable String headers) {
        this(job, bytes, json, headers, null);
    }

    /** Creates the answer for a payload that the store cannot return. */
    public static Payload refused(long job, StoreException why) {
        return new Payload(job, 0, null, null, why);
    }
}
