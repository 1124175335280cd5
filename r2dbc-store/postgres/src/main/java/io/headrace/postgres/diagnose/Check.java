package io.headrace.postgres.diagnose;

import reactor.core.publisher.Mono;

/** Looks at one thing. */
@FunctionalInterface
interface Check {

    /** Adds what it finds. */
    Mono<Void> run(Findings findings);
}
