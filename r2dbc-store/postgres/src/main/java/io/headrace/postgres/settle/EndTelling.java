package io.headrace.postgres.settle;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.result.AwaitingClients;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Tells those who wait for the end of jobs, after their outcomes were recorded: by a statement of its own, so that the lock that a
 * notification takes is not held until the outcomes are on disk, and so that everybody is found who was registered before they
 * were recorded. Callers that are not told look. Thread-safe.
 */
final class EndTelling {

    private static final Logger log = LoggerFactory.getLogger(EndTelling.class);

    /** Whether a verdict completes a job; empty if it does not end it. */
    private static final Verdict.Cases<Optional<Boolean>> COMPLETES = new Verdict.Cases<>() {
        @Override
        public Optional<Boolean> completed() {
            return Optional.of(true);
        }

        @Override
        public Optional<Boolean> completedWith(Verdict.CompletedWith verdict) {
            return Optional.of(true);
        }

        @Override
        public Optional<Boolean> retried(Verdict.Retried verdict) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> snoozed(Verdict.Snoozed verdict) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> awaiting(Verdict.Awaiting verdict) {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> released() {
            return Optional.empty();
        }

        @Override
        public Optional<Boolean> failed(Verdict.Failed verdict) {
            return Optional.of(false);
        }

        @Override
        public Optional<Boolean> cancelled(Verdict.Cancelled verdict) {
            return Optional.of(false);
        }
    };

    private final String tell;
    private final Connections connections;
    private final AwaitingClients awaiting;

    EndTelling(Statements statements, Connections connections, AwaitingClients awaiting) {
        this.tell = statements.named("settle/tell");
        this.connections = connections;
        this.awaiting = awaiting;
    }

    private record Ended(long job, boolean completed) {}

    /**
     * Tells of the settlements that were recorded, if somebody waits for anything. Never fails.
     *
     * @return the late ones
     */
    Mono<List<Settlement>> tell(List<Settlement> settlements, List<Settlement> late) {
        if (!awaiting.isSomebody()) {
            return Mono.just(late);
        }
        List<Ended> ended = ended(settlements, late);
        if (ended.isEmpty()) {
            return Mono.just(late);
        }
        return connections
                .work(
                        tell,
                        statement -> new Parameters(statement)
                                .longs(ended, Ended::job)
                                .flags(ended, Ended::completed)
                                .value(awaiting.own())
                                .statement(),
                        row -> row)
                .map(told -> late)
                .onErrorResume(error -> {
                    log.debug("Failed to announce the ends of {} jobs: {}", ended.size(), error.getMessage());
                    return Mono.just(late);
                });
    }

    private static List<Ended> ended(List<Settlement> settlements, List<Settlement> late) {
        Set<Settlement> tooLate = Collections.newSetFromMap(new IdentityHashMap<>());
        tooLate.addAll(late);
        List<Ended> ended = new ArrayList<>();
        for (Settlement settlement : settlements) {
            if (!tooLate.contains(settlement)) {
                settlement
                        .verdict()
                        .fold(COMPLETES)
                        .ifPresent(completed -> ended.add(new Ended(settlement.job(), completed)));
            }
        }
        return ended;
    }
}
