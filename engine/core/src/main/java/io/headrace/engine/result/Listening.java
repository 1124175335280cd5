package io.headrace.engine.result;

import io.headrace.engine.guard.ErrorText;
import io.headrace.spi.WakeUp;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Listens to a store's announcements while somebody awaits a job, for a client whose process has no engine that does. */
final class Listening {

    private static final Logger log = LoggerFactory.getLogger(Listening.class);

    private final @Nullable Supplier<Flux<WakeUp>> wakeUps;
    private final Consumer<WakeUp> heard;
    private final Disposable.Swap listening = Disposables.swap();

    /** @param wakeUps {@code null} if somebody else listens */
    Listening(@Nullable Supplier<Flux<WakeUp>> wakeUps, Consumer<WakeUp> heard) {
        this.wakeUps = wakeUps;
        this.heard = heard;
    }

    void begin() {
        if (wakeUps != null) {
            listening.update(wakeUps.get().subscribe(heard, this::failed));
        }
    }

    void end() {
        if (wakeUps != null) {
            listening.update(Disposables.disposed());
            heard.accept(WakeUp.Silence.INSTANCE);
        }
    }

    private void failed(Throwable error) {
        log.warn("Listening for the ends of jobs failed; they are polled: {}", ErrorText.firstLine(error));
        heard.accept(WakeUp.Silence.INSTANCE);
    }
}
