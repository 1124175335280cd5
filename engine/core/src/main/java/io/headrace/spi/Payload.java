package io.headrace.spi;

import io.headrace.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link PayloadRequest}: the payload and the headers, or how long they are, or why they cannot be had.
 *
 * @param job the job
 * @param bytes how long payload and headers are together, in bytes of UTF-8; 0 if that could not be found out
 * @param json the payload's JSON text; {@code null} if both are longer than was asked for, or refused
 * @param headers JSON text of an object with text values; {@code null} for none
 * @param refused why the store cannot give this one, whoever asks; passing if it may have been the store's own state
 */
public record Payload(
        long job,
        long bytes,
        @Nullable String json,
        @Nullable String headers,
        @Nullable StoreException refused) {

    /** Nothing stands in the way of it, except perhaps its length. */
    public Payload(long job, long bytes, @Nullable String json, @Nullable String headers) {
        this(job, bytes, json, headers, null);
    }

    /** One that the store cannot give. */
    public static Payload refused(long job, StoreException why) {
        return new Payload(job, 0, null, null, why);
    }
}
