package io.headrace;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The transforms of a client, an engine or an operator, in the order in which they encode. They decode in the order in which
 * something was encoded, reversed. The current order does not matter. Immutable and thread-safe.
 */
public final class PayloadTransforms {

    /**
     * The header of transformed payloads, and the field of transformed values. It names the transforms in the order in which
     * they were applied, each with its key id, if it has one: {@code gzip,aes-gcm=2026-11}. It is reserved:
     * {@link NewJob#header} rejects it, values that have it as a field at the top are rejected, and handlers do not see it.
     */
    public static final String HEADER = "headrace.transform";

    /** No transforms. */
    public static final PayloadTransforms NONE = new PayloadTransforms(List.of());

    private final List<PayloadTransform> all;

    private PayloadTransforms(List<PayloadTransform> all) {
        this.all = all;
    }

    /**
     * Returns these transforms.
     *
     * @param transforms in the order in which they encode: compress before you encrypt
     * @throws InvalidSettingException if a name is invalid, or two are the same
     */
    public static PayloadTransforms of(Collection<? extends PayloadTransform> transforms) {
        if (transforms.isEmpty()) {
            return NONE;
        }
        AppliedTransform.checkNames(transforms);
        return new PayloadTransforms(List.copyOf(transforms));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns those that apply to something new. */
    public PayloadTransforms applyingTo(PayloadTransform.Target target) {
        if (all.isEmpty()) {
            return this;
        }
        List<PayloadTransform> applying =
                all.stream().filter(each -> each.appliesTo(target)).toList();
        return applying.isEmpty() ? NONE : new PayloadTransforms(applying);
    }

    /**
     * Encodes a payload with all of these transforms.
     *
     * @param headers the headers of the job
     * @param json the payload, as the codec wrote it
     * @throws InvalidJobException if a transform fails or returns {@code null}, or its key id is invalid
     */
    public Encoded encode(String kind, Map<String, String> headers, String json) {
        try {
            return apply(PayloadTransform.Target.payload(kind, headers), json);
        } catch (TransformFailure e) {
            throw new InvalidJobException("payload", "of kind '" + kind + "' " + e.reason(), e.getCause());
        }
    }

    /**
     * Encodes a value with all of these transforms.
     *
     * @param what names the value in an error, such as {@code the result}
     * @param json the value, as the codec wrote it
     * @return what is stored: a JSON object, which {@link #isTransformed} recognizes
     * @throws InvalidValueException if a transform fails or returns {@code null}, or its key id is invalid
     */
    public String encodeValue(String what, PayloadTransform.Target target, String json) {
        try {
            return ValueEnvelope.text(apply(target, json));
        } catch (TransformFailure e) {
            throw new InvalidValueException(what, e.reason(), e.getCause());
        }
    }

    private Encoded apply(PayloadTransform.Target target, String json) throws TransformFailure {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        List<AppliedTransform> applied = new ArrayList<>(all.size());
        for (PayloadTransform transform : all) {
            try {
                AppliedTransform next = AppliedTransform.of(transform.name(), transform.keyId(target));
                bytes = Objects.requireNonNull(
                        transform.encode(bytes, next.context(target.subject())), "encode returned null");
                applied.add(next);
            } catch (Exception | StackOverflowError e) {
                throw TransformFailure.encoding(transform.name(), e);
            }
        }
        return new Encoded('"' + Base64.getEncoder().encodeToString(bytes) + '"', AppliedTransform.header(applied));
    }

    /**
     * Decodes a payload.
     *
     * @param header the value of {@link #HEADER}
     * @param stored the payload as it is stored, a JSON string
     * @return the JSON that the codec wrote
     * @throws PayloadTransformException if it cannot be decoded
     */
    public String decode(String kind, String header, String stored) {
        try {
            return undo(TransformSubject.payload(kind), header, stored);
        } catch (TransformFailure e) {
            throw new PayloadTransformException(kind, e);
        }
    }

    /**
     * Returns the payload of a job as the codec wrote it; as it is stored if it is not transformed.
     *
     * @throws PayloadTransformException if it cannot be decoded
     */
    public String decode(JobSnapshot job) {
        String header = job.payloadTransform();
        return header == null ? job.payload() : decode(job.kind(), header, job.payload());
    }

    /**
     * Returns the result of a job as the codec wrote it; as it is stored if it is not transformed.
     *
     * @return {@code null} if it has none, or if it may not be shown
     * @throws ValueTransformException if it cannot be decoded
     */
    public @Nullable String decodeResult(JobSnapshot job) {
        String result = job.result();
        return result == null ? null : decodeValue(TransformSubject.result(job.id()), result);
    }

    /**
     * Returns a value as the codec wrote it; as it is stored if it is not transformed.
     *
     * @param stored the value as it is stored
     * @throws ValueTransformException if it cannot be decoded
     */
    public String decodeValue(TransformSubject subject, String stored) {
        try {
            ValueEnvelope envelope = ValueEnvelope.parse(subject, stored);
            return envelope == null ? stored : undo(subject, envelope.header(), envelope.json());
        } catch (TransformFailure e) {
            throw new ValueTransformException(e);
        }
    }

    /**
     * Returns the names of the transforms by which a value is stored encoded, with the ids of their keys, such as
     * {@code gzip,aes-gcm=2026-11}; {@code null} if it is not transformed: it does not have the field {@link #HEADER}.
     *
     * @param stored the value as it is stored
     */
    public static @Nullable String valueTransform(String stored) {
        return ValueEnvelope.header(stored);
    }

    /** Whether a value is stored transformed. */
    public static boolean isTransformed(String stored) {
        return ValueEnvelope.is(stored);
    }

    private String undo(TransformSubject subject, String header, String stored) throws TransformFailure {
        List<AppliedTransform> applied = AppliedTransform.parse(subject, header);
        byte[] bytes = bytes(subject, header, stored);
        for (int i = applied.size() - 1; i >= 0; i--) {
            AppliedTransform each = applied.get(i);
            PayloadTransform transform = find(subject, each);
            try {
                bytes = Objects.requireNonNull(transform.decode(bytes, each.context(subject)), "decode returned null");
            } catch (Exception | StackOverflowError e) {
                throw TransformFailure.decoding(subject, each.toString(), e);
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(TransformSubject subject, String header, String stored) throws TransformFailure {
        int end = stored.length() - 1;
        if (end < 1 || stored.charAt(0) != '"' || stored.charAt(end) != '"') {
            throw TransformFailure.notBase64(subject, header, null);
        }
        try {
            return Base64.getDecoder().decode(stored.substring(1, end));
        } catch (IllegalArgumentException e) {
            throw TransformFailure.notBase64(subject, header, e);
        }
    }

    private PayloadTransform find(TransformSubject subject, AppliedTransform applied) throws TransformFailure {
        for (PayloadTransform transform : all) {
            if (transform.name().equals(applied.name())) {
                return transform;
            }
        }
        throw TransformFailure.missing(
                subject,
                applied.name(),
                all.stream().map(PayloadTransform::name).toList());
    }

    /**
     * An encoded payload.
     *
     * @param json what is stored: a JSON string in Base64
     * @param header the value of {@link #HEADER}
     */
    public record Encoded(String json, String header) {}

    /** The header of a job; {@code null} if its payload is not transformed. */
    static @Nullable String header(@Nullable String headers) {
        return header(headers, HEADER);
    }

    /** A header out of the JSON of all; {@code null} if there is none. */
    static @Nullable String header(@Nullable String headers, String name) {
        // Most headers are others, and are not worth parsing.
        if (headers == null || !headers.contains(name)) {
            return null;
        }
        Object parsed = AppliedTransform.HEADERS.read(headers, Map.class);
        return parsed instanceof Map<?, ?> map && map.get(name) instanceof String header ? header : null;
    }
}
