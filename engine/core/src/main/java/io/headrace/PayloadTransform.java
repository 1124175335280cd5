package io.headrace;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Transforms payloads between the {@link PayloadCodec} and the store, bytes to bytes: encryption or compression. The values
 * that jobs keep beside their payload (results, steps, cursors) and the values of signals are transformed as well.
 *
 * <p>An encoded payload is stored as a JSON string in Base64. The header {@link PayloadTransforms#HEADER} of the job names the
 * transforms that were applied, with the ids of their keys. An encoded value is stored as a JSON object that has the same in a
 * field. What has neither is not transformed, so transforms can be added while jobs are stored.
 *
 * <p>Implementations must be thread-safe and must not block: {@link #encode} runs on the thread that enqueues or on which the
 * handler ended, and {@link #decode} on the thread that calls the handler or on which a value is emitted. They may be event
 * loops. Fetch keys ahead.
 */
public interface PayloadTransform {

    /**
     * The name under which is stored what it encoded: 1 to 40 of the characters {@code a-z}, {@code 0-9}, {@code -} and
     * {@code .}. It must not change while that is stored.
     */
    String name();

    /**
     * Whether something new is transformed. Default: everything is. Stored data that names this transform is decoded
     * regardless of what this method returns.
     */
    default boolean appliesTo(Target target) {
        return true;
    }

    /**
     * The id of the key with which something new is to be encoded: 1 to 200 printable ASCII characters without space and
     * comma. It is stored with it, and passed to {@link #decode}. It is no secret. Default: {@code null}, no key.
     */
    default @Nullable String keyId(Target target) {
        return null;
    }

    /**
     * Encodes something new.
     *
     * @param json the JSON text in UTF-8, or what the transform before this one returned
     * @throws Exception if it cannot be encoded; the enqueue fails with an {@link InvalidJobException}, and what records a
     *     value with an {@link InvalidValueException}
     */
    byte[] encode(byte[] json, Context context) throws Exception;

    /**
     * Decodes what is stored.
     *
     * @param stored what {@link #encode} returned, possibly long ago, in another process and with another key
     * @param context has the key id with which it was encoded
     * @throws Exception if it cannot be decoded, for example because the key is unknown; the attempt fails with a
     *     {@link PayloadTransformException}, and what reads a value with a {@link ValueTransformException}. Message and stack
     *     trace are stored in plain text, so they must not quote what was encoded
     */
    byte[] decode(byte[] stored, Context context) throws Exception;

    /**
     * Returns this transform for new jobs of these types only: their payloads, results, steps and cursors. The values of
     * signals belong to no type and are not encoded. It decodes everything.
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
        return only(target -> {
            String kind = target.kind();
            return kind != null && kinds.contains(kind);
        });
    }

    /**
     * Returns this transform for some of what is new, such as
     * {@code only(target -> target.content() == TransformSubject.Content.PAYLOAD)}. It decodes everything.
     */
    default PayloadTransform only(Predicate<? super Target> limit) {
        return new LimitedTransform(this, Objects.requireNonNull(limit, "limit"));
    }

    /**
     * Returns this transform for decoding only: nothing new is transformed. Deploy it everywhere before the first process
     * encodes, and keep it after the last one has.
     */
    default PayloadTransform readOnly() {
        return only(target -> false);
    }

    /**
     * What is about to be encoded.
     *
     * @param subject names it
     * @param kind the kind of the job; {@code null} for the value of a signal, which belongs to no job
     * @param headers the headers of the job, for example with a tenant that has a key of its own; empty for a signal
     */
    record Target(TransformSubject subject, @Nullable String kind, Map<String, String> headers) {

        public Target {
            headers = Map.copyOf(headers);
        }

        /** A new payload. */
        public static Target payload(String kind, Map<String, String> headers) {
            return new Target(TransformSubject.payload(kind), kind, headers);
        }

        /** What it is. */
        public TransformSubject.Content content() {
            return subject.content();
        }
    }

    /**
     * What is known of bytes besides themselves. Both stay the same from {@link #encode} to {@link #decode}, so an encryption
     * can authenticate them.
     *
     * @param subject what the bytes belong to, as {@link TransformSubject#text()}: a payload to its kind, a value to its job or
     *     signal
     * @param keyId what {@link #keyId} returned when they were encoded
     */
    record Context(String subject, @Nullable String keyId) {}
}
