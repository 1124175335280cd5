package io.headrace.engine.client;

import io.headrace.InvalidJobException;
import io.headrace.JacksonPayloadCodec;
import io.headrace.NewJob;
import io.headrace.PayloadCodec;
import io.headrace.UnknownKindException;
import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.EncodedJob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a job as the caller made it into what the store takes, or refuses it. */
public final class JobEncoder {

    private static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private final PayloadCodec codec;
    private final int maxPayloadBytes;
    private final @Nullable Set<String> knownKinds;

    /**
     * One for a client.
     *
     * @param knownKinds the kinds that may be enqueued; {@code null} for any
     */
    public JobEncoder(PayloadCodec codec, int maxPayloadBytes, @Nullable Set<String> knownKinds) {
        this.codec = codec;
        this.maxPayloadBytes = maxPayloadBytes;
        this.knownKinds = knownKinds;
    }

    public EncodedJob encode(NewJob<?> job) {
        String kind = job.type().kind();
        if (knownKinds != null && !knownKinds.contains(kind)) {
            throw new UnknownKindException(kind, knownKinds);
        }
        return new EncodedJob(
                job.queue(),
                kind,
                job.priority(),
                job.delay(),
                job.runAt(),
                json("payload", codec, job.payload(), kind),
                job.headers().isEmpty() ? null : json("headers", HEADERS, job.headers(), kind),
                job.maxAttempts(),
                job.uniqueKey(),
                job.terms());
    }

    List<EncodedJob> encodeAll(Collection<? extends NewJob<?>> jobs) {
        List<EncodedJob> encoded = new ArrayList<>(jobs.size());
        jobs.forEach(job -> encoded.add(encode(job)));
        return encoded;
    }

    private String json(String field, PayloadCodec by, Object value, String kind) {
        JsonGate gate = new JsonGate(maxPayloadBytes);
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
