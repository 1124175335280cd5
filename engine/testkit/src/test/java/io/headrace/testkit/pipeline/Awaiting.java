package io.headrace.testkit.pipeline;

import java.util.ArrayList;
import java.util.List;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** What somebody who awaits a job is told. */
final class Awaiting<T> {
    final List<T> results = new ArrayList<>();
    final Disposable waiting;
    Throwable error;
    boolean completed;

    Awaiting(Mono<T> result) {
        waiting = result.subscribe(results::add, e -> error = e, () -> completed = true);
    }

    boolean isOver() {
        return completed || error != null;
    }
}
