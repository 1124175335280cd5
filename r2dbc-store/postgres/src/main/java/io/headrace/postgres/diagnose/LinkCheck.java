package io.headrace.postgres.diagnose;

import io.headrace.spi.PoolUse;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** How this process is connected. */
final class LinkCheck implements Check {

    private final Link link;

    LinkCheck(Link link) {
        this.link = link;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return link.isMisused()
                .doOnNext(misused -> {
                    findings.reading("NOTIFICATIONS", "notifications", link.notifications());
                    if (misused) {
                        pooler(findings);
                    }
                    pools(findings);
                })
                .then();
    }

    private static void pooler(Findings findings) {
        findings.error(
                "TRANSACTION_POOLER",
                "A pooler in transaction mode is between this process and the server. A store with notifications refuses"
                        + " to connect through it",
                "Set notifications(false) or headrace.store.notifications=false, and preparedStatementCacheQueries=0 in"
                        + " the R2DBC URL; or connect the store to the server directly, see docs/guide-operating.md");
    }

    private void pools(Findings findings) {
        if (!link.pools().isEmpty()) {
            findings.reading(
                    "POOLS",
                    "pools of this process",
                    link.pools().stream().map(LinkCheck::words).collect(Collectors.joining(", ")));
        }
    }

    private static String words(PoolUse pool) {
        return pool.name() + " " + pool.acquired() + " of " + pool.most() + " in use"
                + (pool.pending() == 0 ? "" : ", " + pool.pending() + " waiting");
    }
}
