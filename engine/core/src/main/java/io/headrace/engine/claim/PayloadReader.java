package io.headrace.engine.claim;

import io.headrace.engine.flush.SmartFlush;
import io.headrace.spi.LeaseStore;
import io.headrace.spi.Payload;
import io.headrace.spi.PayloadRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Reads the payloads that claims withheld, for all claimers of an engine: those that are wanted at the same time in one
 * statement, up to a length.
 */
public final class PayloadReader {

    private static final int MOST_JOBS = 256;
    /** In bytes, as far as is known: what comes is held by the driver too. */
    private static final long MOST_LENGTH = 4 << 20;

    private static final int MOST_STATEMENTS = 2;

    private final LeaseStore store;
    private final SmartFlush<Read> flushes = new SmartFlush<>(
            read -> 1, MOST_JOBS, read -> read.request.mostBytes(), MOST_LENGTH, MOST_STATEMENTS, this::flush);

    /** Who wants a payload. Called once, on any thread that may not be blocked. */
    interface Reader {

        /** What came of it; {@code null} if there is no such job. */
        void answered(@Nullable Payload payload);

        void failed(Throwable error);
    }

    private record Read(PayloadRequest request, Reader reader) {}

    public PayloadReader(LeaseStore store) {
        this.store = store;
        flushes.onBroken((reads, error) -> reads.forEach(read -> read.reader.failed(error)));
    }

    void read(long job, long mostBytes, Reader reader) {
        flushes.add(new Read(new PayloadRequest(job, mostBytes), reader));
    }

    private Mono<Void> flush(List<Read> reads) {
        return store.payloads(reads.stream().map(Read::request).toList())
                .doOnNext(payloads -> answer(reads, payloads))
                .then();
    }

    private static void answer(List<Read> reads, List<Payload> payloads) {
        Map<Long, Payload> byJob = new HashMap<>();
        payloads.forEach(payload -> byJob.put(payload.job(), payload));
        reads.forEach(read -> read.reader.answered(byJob.get(read.request.job())));
    }
}
