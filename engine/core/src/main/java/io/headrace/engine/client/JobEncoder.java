package io.headrace.engine.client;

import io.headrace.InvalidJobException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.NewJob;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.PayloadTransforms;
import io.headrace.UnknownKindException;
import io.headrace.engine.guard.ErrorText;
import io.headrace.engine.json.JsonGate;
import io.headrace.engine.value.StoredValues;
import io.headrace.spi.EncodedJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a job as the caller made it into what the store takes, or refuses it. */
public final class JobEncoder {

    private static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private static final String LIMIT = ", which maxPayloadBytes sets (with Spring Boot, headrace.client.max-payload)";

    /** How much longer a payload may be before it is transformed. The limit refuses an endless one before memory is full. */
    private static final int LONGER_BEFORE_TRANSFORMS = 16;

    private static final int MOST_BEFORE_TRANSFORMS = 256 << 20;

    private final PayloadCodec codec;
    private final PayloadTransforms transforms;
    private final int maxPayloadBytes;
    private final @Nullable Set<String> knownKinds;

    /**
     * One for a client.
     *
     * @param knownKinds the kinds that may be enqueued; {@code null} for any
     */
    public JobEncoder(
            PayloadCodec codec, PayloadTransforms transforms, int maxPayloadBytes, @Nullable Set<String> knownKinds) {
        this.codec = codec;
        this.transforms = transforms;
        this.maxPayloadBytes = maxPayloadBytes;
        this.knownKinds = knownKinds;
    }

    public EncodedJob encode(NewJob<?> job) {
        String kind = job.type().kind();
        if (knownKinds != null && !knownKinds.contains(kind)) {
            throw new UnknownKindException(kind, knownKinds);
        }
        PayloadTransforms applied = transforms(job);
        if (applied.isEmpty()) {
            return encoded(job, json("payload", codec, job.payload(), kind, maxPayloadBytes), job.headers());
        }
        PayloadTransforms.Encoded stored = applied.encode(kind, job.headers(), plainPayload(job));
        if (stored.json().length() > maxPayloadBytes) {
            throw new InvalidJobException(
                    "payload",
                    "of kind '" + kind + "' has " + stored.json().length() + " bytes as it is stored, transformed by '"
                            + stored.header() + "', and exceeds the limit of " + maxPayloadBytes + " bytes" + LIMIT);
        }
        Map<String, String> headers = new LinkedHashMap<>(job.headers());
        headers.put(PayloadTransforms.HEADER, stored.header());
        return encoded(job, stored.json(), headers);
    }

    private EncodedJob encoded(NewJob<?> job, String payload, Map<String, String> headers) {
        String kind = job.type().kind();
        return new EncodedJob(
                job.queue(),
                kind,
                job.priority(),
                job.delay(),
                job.runAt(),
                payload,
                headers.isEmpty() ? null : json("headers", HEADERS, headers, kind, maxPayloadBytes),
                job.maxAttempts(),
                job.uniqueKey(),
                job.terms());
    }

    List<EncodedJob> encodeAll(Collection<? extends NewJob<?>> jobs) {
        List<EncodedJob> encoded = new ArrayList<>(jobs.size());
        jobs.forEach(job -> encoded.add(encode(job)));
        return encoded;
    }

    /** The payload as the codec writes it, not transformed. */
    public String plainPayload(NewJob<?> job) {
        long most = Math.min((long) maxPayloadBytes * LONGER_BEFORE_TRANSFORMS, MOST_BEFORE_TRANSFORMS);
        return json("payload", codec, job.payload(), job.type().kind(), (int) most);
    }

    /** Writes and reads what is kept beside payloads, with the same codec and transforms. */
    public StoredValues values() {
        return new StoredValues(codec, transforms);
    }

    /** Those that are applied to the payload of a job. */
    public PayloadTransforms transforms(NewJob<?> job) {
        return transforms.isEmpty()
                ? transforms
                : transforms.applyingTo(
                        PayloadTransform.Target.payload(job.type().kind(), job.headers()));
    }

    private static String json(String field, PayloadCodec by, Object value, String kind, int mostBytes) {
        JsonGate gate = new JsonGate(mostBytes, LIMIT);
        try {
            by.write(value, gate);
            return gate.text();
        } catch (IOException e) {
            throw new InvalidJobException(field, "of kind '" + kind + "' " + e.getMessage(), e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new InvalidJobException(
                    field,
                    "of kind '" + kind + "', a " + value.getClass().getName() + ", cannot be written as JSON: "
                            + ErrorText.firstLine(e),
                    e);
        }
    }
}
