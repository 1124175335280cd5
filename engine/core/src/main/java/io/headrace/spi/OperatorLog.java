package io.headrace.spi;

import io.headrace.operate.Decision;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The facet of a store for the operator log. Entries are added and pruned, never changed: the answer of a decision is an
 * entry of its own. {@link JobStore} documents what applies to every call.
 */
public interface OperatorLog {

    /**
     * Records that a decision is about to be carried out. Once this completes, the entry is durable.
     *
     * @return the number of the entry, higher than that of every entry recorded before
     */
    Mono<Long> begin(NewDecision decision);

    /**
     * Records the answer of a decision. Later answers to the same decision are ignored.
     *
     * @param count how many it changed, {@code null} if it has no count
     * @param answer at most 1,000 characters
     */
    Mono<Void> answer(long id, @Nullable Long count, String answer);

    /**
     * Returns a page of decisions, the latest first.
     *
     * @param before only decisions with a lower number; {@code null} for the first page
     * @param most how many
     */
    Flux<Decision> page(@Nullable Long before, int most);

    /**
     * Prunes decisions that were made longer ago than the retention, at most one chunk.
     *
     * @return how many were pruned; 0 when none are left
     */
    Mono<Long> prune(Duration retention);
}
