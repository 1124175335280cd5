package io.headrace.postgres.connection;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What goes on to its end whether its caller waits for it or leaves; then an error is nobody's. */
final class Unhurried {

    private static final Logger log = LoggerFactory.getLogger(Unhurried.class);

    private Unhurried() {}

    /** @param gone called if the caller leaves */
    static <T> Mono<T> mono(Supplier<CompletableFuture<T>> begin, Runnable gone) {
        return Mono.create(sink -> {
            AtomicBoolean left = new AtomicBoolean();
            sink.onCancel(() -> {
                left.set(true);
                gone.run();
            });
            var unused = begin.get().whenComplete((value, error) -> {
                if (error == null) {
                    sink.success(value);
                } else if (left.get()) {
                    log.debug("A statement failed after its caller cancelled", error);
                } else {
                    sink.error(error instanceof CompletionException e && e.getCause() != null ? e.getCause() : error);
                }
            });
        });
    }
}
