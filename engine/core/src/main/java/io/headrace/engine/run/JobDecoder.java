package io.headrace.engine.run;

import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobRun;
import io.headrace.JobType;
import io.headrace.PayloadCodec;
import io.headrace.PayloadTransforms;
import io.headrace.PayloadUnreadableException;
import io.headrace.RetryPolicy;
import io.headrace.engine.lease.LeasedJob;
import io.headrace.engine.value.JobHeaders;
import io.headrace.spi.ClaimedJob;
import io.headrace.spi.Payload;
import java.util.Map;
import java.util.Objects;

/** Turns a claimed job into what its handler takes. */
public final class JobDecoder {

    private final PayloadCodec codec;
    private final PayloadTransforms transforms;

    public JobDecoder(PayloadCodec codec, PayloadTransforms transforms) {
        this.codec = codec;
        this.transforms = transforms;
    }

    /** @throws PayloadUnreadableException if the payload cannot be decoded, or does not parse into the type */
    <T> Job<T> decode(LeasedJob leased, JobType<T> type, RetryPolicy policy, JobRun run) {
        ClaimedJob job = leased.job();
        Payload apart = leased.takePayload();
        String json = Objects.requireNonNull(apart == null ? job.payload() : apart.json());
        Map<String, String> headers = JobHeaders.all(apart == null ? job.headers() : apart.headers());
        if (apart != null && !headers.isEmpty() && !transforms.isEmpty()) {
            leased.keepHeaders(apart.headers());
        }
        String transform = headers.isEmpty() ? null : headers.get(PayloadTransforms.HEADER);
        return new Job<>(
                new JobId(job.id()),
                job.kind(),
                leased.holder().queue(),
                job.priority(),
                job.attempt(),
                leased.maxAttempts(policy),
                transform == null ? payload(json, type) : transformed(job.kind(), transform, json, type),
                JobHeaders.own(headers),
                job.uniqueKey(),
                run);
    }

    @SuppressWarnings("unchecked") // the codec was asked for the type's own payload type
    private <T> T payload(String json, JobType<T> type) {
        try {
            return (T) codec.read(json, type.payloadType());
        } catch (RuntimeException | StackOverflowError e) {
            throw new PayloadUnreadableException(type.kind(), type.payloadType().getTypeName(), e);
        }
    }

    @SuppressWarnings("unchecked") // the codec was asked for the type's own payload type
    private <T> T transformed(String kind, String header, String stored, JobType<T> type) {
        String json = transforms.decode(kind, header, stored);
        try {
            return (T) codec.read(json, type.payloadType());
        } catch (RuntimeException | StackOverflowError e) {
            throw PayloadUnreadableException.ofTransformed(
                    type.kind(), type.payloadType().getTypeName(), e);
        }
    }
}
