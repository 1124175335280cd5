package io.headrace.spring.handler;

import io.headrace.Job;
import io.headrace.JobBatch;
import java.util.List;
import org.springframework.core.ResolvableType;

/** What a handler is declared to take. */
enum Taken {
    /** {@code T}. */
    PAYLOAD,
    /** {@code Job<T>}. */
    JOB,
    /** {@code List<T>}, of a batch handler. */
    PAYLOADS,
    /** {@code List<Job<T>>}. */
    JOBS,
    /** {@code JobBatch<T>}. */
    BATCH;

    /** @param hasBatchSettings whether the annotation says that it takes many: a payload may be a list as well */
    static Taken of(ResolvableType declared, boolean hasBatchSettings) {
        Class<?> type = declared.resolve();
        if (JobBatch.class.equals(type)) {
            return BATCH;
        }
        if (List.class.equals(type) && Job.class.equals(declared.getGeneric(0).resolve())) {
            return JOBS;
        }
        if (List.class.equals(type) && hasBatchSettings) {
            return PAYLOADS;
        }
        return Job.class.equals(type) ? JOB : PAYLOAD;
    }

    boolean isBatch() {
        return this == PAYLOADS || this == JOBS || this == BATCH;
    }

    /** @throws io.headrace.spring.HeadraceSetupException if the declaration does not say what a job carries */
    ResolvableType payload(ResolvableType declared, String where) {
        ResolvableType payload = switch (this) {
            case PAYLOAD -> declared;
            case JOBS -> declared.getGeneric(0).getGeneric(0);
            case JOB, PAYLOADS, BATCH -> declared.getGeneric(0);
        };
        return Payload.of(payload, where);
    }

    /** What a batch handler is given. */
    Object from(JobBatch<Object> batch) {
        return switch (this) {
            case PAYLOADS -> batch.payloads();
            case JOBS -> batch.jobs();
            default -> batch;
        };
    }
}
