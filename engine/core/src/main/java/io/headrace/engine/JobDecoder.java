package io.headrace.engine;

import io.headrace.JacksonPayloadCodec;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadUnreadableException;
import io.headrace.RetryPolicy;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns a claimed job into what its handler takes. */
final class JobDecoder {

    private static final PayloadCodec HEADERS = new JacksonPayloadCodec();

    private final PayloadCodec codec;

    JobDecoder(PayloadCodec codec) {
        this.codec = codec;
    }

    /** @throws PayloadUnreadableException if the payload does not parse into the type */
    <T> Job<T> decode(LeasedJob leased, JobType<T> type, RetryPolicy policy, Consumer<JobProgress> reports) {
        return decode(leased.job(), leased.takePayload(), type, leased.claimer().queue(), policy, reports);
    }

    /** @param apart the payload, if the job is without it */
    <T> Job<T> decode(
            ClaimedJob job,
            @Nullable Payload apart,
            JobType<T> type,
            String queue,
            RetryPolicy policy,
            Consumer<JobProgress> reports) {
        String headers = apart == null ? job.headers() : apart.headers();
        String json = apart == null ? job.payload() : apart.json();
        return new Job<>(
                new JobId(job.id()),
                job.kind(),
                queue,
                job.priority(),
                job.attempt(),
                maxAttempts(job, policy),
                payload(Objects.requireNonNull(json), type),
                headers(headers),
                job.uniqueKey(),
                reports);
    }

    static int maxAttempts(ClaimedJob job, RetryPolicy policy) {
        Integer own = job.maxAttempts();
        return own == null ? policy.maxAttempts() : own;
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
