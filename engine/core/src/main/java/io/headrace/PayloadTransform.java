package io.headrace;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Transforms payloads between the {@link PayloadCodec} and the store, bytes to bytes: encryption or compression. What it
 * encodes is stored as a JSON string in Base64. The header {@link PayloadTransforms#HEADER} of the job names the transforms
 * that were applied, with the ids of their keys. A job without this header is not transformed, so transforms can be added
 * while jobs are stored.
 *
 * <p>Implementations must be thread-safe and must not block: {@link #encode} runs on the thread that enqueues, and
 * {@link #decode} on the thread that calls the handler. Both may be event loops. Fetch keys ahead.
 */
public interface PayloadTransform {

    /**
     * The name under which payloads are stored: 1 to 40 of the characters {@code a-z}, {@code 0-9}, {@code -} and
     * {@code .}. It must not change while there are such payloads.
     */
    String name();

    /**
     * Whether new payloads of a kind are transformed. Default: of all kinds. Stored payloads are decoded if their header
     * says so, whatever this method returns.
     */
    default boolean appliesTo(String kind) {
        return true;
    }

    /**
     * The id of the key with which a new payload is to be encoded: 1 to 200 printable ASCII characters without space and
     * comma. It is stored in the job's header, and passed to {@link #decode}. It is no secret. Default: {@code null}, no
     * key.
     *
     * @param headers the headers of the job, for example with a tenant that has a key of its own
     */
    default @Nullable String keyId(String kind, Map<String, String> headers) {
        return null;
    }

    /**
     * Encodes a new payload.
     *
     * @param payload the JSON text in UTF-8, or what the transform before this one returned
     * @throws Exception if it cannot be encoded; the enqueue fails with an {@link InvalidJobException}
     */
    byte[] encode(byte[] payload, Context context) throws Exception;

    /**
     * Decodes a stored payload.
     *
     * @param stored what {@link #encode} returned, possibly long ago, in another process and with another key
     * @param context has the key id with which it was encoded
     * @throws Exception if it cannot be decoded, for example because the key is unknown; the attempt fails with a
     *     {@link PayloadTransformException}. Message and stack trace are stored in plain text, so they must not quote the
     *     payload
     */
    byte[] decode(byte[] stored, Context context) throws Exception;

    /**
     * Returns this transform for new payloads of these types only. It decodes the payloads of all kinds.
     *
     * @throws InvalidSettingException if there are no types: then nothing would be transformed
     */
    default PayloadTransform only(JobType<?>... types) {
        if (types.length == 0) {
            throw new InvalidSettingException(
                    "transform",
                    "only() of '" + name() + "' names no types. Name them, or use readOnly() to decode only");
        }
        Set<String> kinds = Stream.of(types).map(JobType::kind).collect(Collectors.toUnmodifiableSet());
        return new KindsTransform(this, kinds);
    }

    /**
     * Returns this transform for decoding only: new payloads are not transformed. Deploy it everywhere before the first
     * process encodes, and keep it after the last one has.
     */
    default PayloadTransform readOnly() {
        return new KindsTransform(this, Set.of());
    }

    /**
     * What is known of a payload besides its bytes. Both values stay the same from {@link #encode} to {@link #decode}, so
     * an encryption can authenticate them.
     *
     * @param kind the kind of the job
     * @param keyId what {@link #keyId} returned when the payload was encoded
     */
    record Context(String kind, @Nullable String keyId) {}
}
