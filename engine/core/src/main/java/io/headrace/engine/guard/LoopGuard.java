package io.headrace.engine.guard;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Stands around the engine's own loops. Whatever is thrown in one of them, errors that Reactor would throw on included, ends
 * here: it is logged once, with its cause, and the engine fails. Thread-safe.
 */
public final class LoopGuard {

    private static final Logger log = LoggerFactory.getLogger(LoopGuard.class);

    private final AtomicReference<@Nullable String> problem = new AtomicReference<>();
    private final Consumer<String> fails;

    /**
     * One for an engine.
     *
     * @param fails called once, with what happened, on the thread on which it did
     */
    public LoopGuard(Consumer<String> fails) {
        this.fails = fails;
    }

    /** What broke first; {@code null} while nothing has. */
    @Nullable
    public String problem() {
        return problem.get();
    }

    /** Makes a step of a loop. Never throws. */
    public void run(String loop, Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            broke(loop, e);
        }
    }

    /** A step of a loop that completes later. What it throws is reported, and the step is then over. */
    public <T> Mono<T> defer(String loop, Supplier<Mono<T>> step) {
        return Mono.defer(() -> {
            try {
                return step.get();
            } catch (Throwable e) {
                broke(loop, e);
                return Mono.empty();
            }
        });
    }

    /** A loop met an error that it has no answer to. Never throws. */
    public void broke(String loop, Throwable error) {
        try {
            String what = loop + " broke: " + ErrorText.line(error);
            if (problem.compareAndSet(null, what)) {
                log.error("The engine has failed and is stopping: {}", what, ErrorText.readable(error));
                fails.accept(what);
            } else {
                log.debug("After the engine failed: {}", what);
            }
        } catch (Throwable e) {
            // Not even this can be told, most likely since there is no memory: the state at least is.
            if (problem.compareAndSet(null, loop)) {
                fails.accept(loop);
            }
        }
    }
}
