package io.headrace.engine.run;

import io.headrace.JacksonPayloadCodec;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadUnreadableException;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a claimed job into what its handler takes. */
public final class JobDecoder {

    private static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private final PayloadCodec codec;

    public JobDecoder(PayloadCodec codec) {
        this.codec = codec;
    }

    /** @throws PayloadUnreadableException if the payload does not parse into the type */
    <T> Job<T> decode(LeasedJob leased, JobType<T> type, RetryPolicy policy, Consumer<JobProgress> reports) {
        ClaimedJob job = leased.job();
        Payload apart = leased.takePayload();
        String headers = apart == null ? job.headers() : apart.headers();
        String json = apart == null ? job.payload() : apart.json();
        return new Job<>(
                new JobId(job.id()),
                job.kind(),
                leased.holder().queue(),
                job.priority(),
                job.attempt(),
                leased.maxAttempts(policy),
                payload(Objects.requireNonNull(json), type),
                headers(headers),
                job.uniqueKey(),
                reports);
    }

    @SuppressWarnings("unchecked") // the codec was asked for the type's own payload type
    private <T> T payload(String json, JobType<T> type) {
        try {
            return (T) codec.read(json, type.payloadType());
        } catch (RuntimeException | StackOverflowError e) {
            throw new PayloadUnreadableException(type.kind(), type.payloadType().getTypeName(), e);
        }
    }

    @SuppressWarnings("unchecked") // JobEncoder wrote a map from text to text
    private static Map<String, String> headers(@Nullable String json) {
        return json == null ? Map.of() : Map.copyOf((Map<String, String>) HEADERS.read(json, Map.class));
    }
}
