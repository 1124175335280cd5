package io.headrace.postgres.settle;

import io.headrace.postgres.claim.ClaimCursors;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.ProgressNote;
import io.headrace.spi.Settlement;
import java.util.List;
import reactor.core.publisher.Mono;

/** Records outcomes and progress of jobs in their leases, each flush by one statement. Thread-safe. */
public final class Settler {

    private final String settle;
    private final String note;
    private final Connections connections;
    private final ClaimCursors cursors;

    public Settler(Statements statements, Connections connections, ClaimCursors cursors) {
        this.settle = statements.named("settle/settle");
        this.note = statements.named("settle/note");
        this.connections = connections;
        this.cursors = cursors;
    }

    /** As {@link io.headrace.spi.LeaseStore#settle} says. */
    public Mono<List<Settlement>> settle(long worker, List<Settlement> settlements) {
        return Mono.defer(() -> {
                    SettleFlush flush = new SettleFlush(settlements);
                    return connections
                            .work(settle, statement -> flush.bind(statement, worker), SettleFlush.Late::of)
                            .map(late -> {
                                if (flush.handsBack()) {
                                    cursors.lookBack();
                                }
                                return flush.late(late);
                            });
                })
                .onErrorMap(SqlErrors::of);
    }

    /** As {@link io.headrace.spi.LeaseStore#note} says. */
    public Mono<Void> note(long worker, List<ProgressNote> notes) {
        return Mono.defer(() -> {
                    ProgressFlush flush = new ProgressFlush(notes);
                    return connections.upkeep(note, statement -> flush.bind(statement, worker), row -> row);
                })
                .then()
                .onErrorMap(SqlErrors::of);
    }
}
