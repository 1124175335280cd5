package io.headrace.testkit.contract;

import io.headrace.spi.JobStore;
import io.headrace.spi.WakeUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;

/** What a store announces, in its order. */
final class Announcements implements Disposable {

    private final BlockingQueue<WakeUp> heard = new LinkedBlockingQueue<>();
    private final Disposable listening;

    Announcements(JobStore store) {
        listening = store.wakeUps().subscribe(heard::add);
    }

    WakeUp next(Duration patience) {
        try {
            return Objects.requireNonNull(
                    heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS), "nothing was announced");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while listening", e);
        }
    }

    /** All until a queue is announced, without that. */
    List<WakeUp> until(String fence, Duration patience) {
        List<WakeUp> before = new ArrayList<>();
        for (WakeUp next = next(patience); !next.equals(new WakeUp.Due(fence)); next = next(patience)) {
            before.add(next);
        }
        return before;
    }

    @Override
    public void dispose() {
        listening.dispose();
    }
}
