package io.headrace.postgres.complete;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.CompletionLook;
import java.util.List;
import reactor.core.publisher.Mono;

/** Asks what became of completions in transactions, by one query for all that ask together. Thread-safe. */
public final class CompletionLooks {

    private final String look;
    private final Connections connections;

    public CompletionLooks(Statements statements, Connections connections) {
        this.look = statements.named("complete/look");
        this.connections = connections;
    }

    /** As {@link io.headrace.spi.LeaseStore#completions} says. */
    public Mono<List<CompletionLook.Answer>> look(long worker, List<CompletionLook> looks) {
        return connections
                .work(
                        look,
                        statement -> new Parameters(statement)
                                .value(worker)
                                .longs(looks, CompletionLook::lease)
                                .longs(looks, CompletionLook::job)
                                .texts(looks, CompletionLook::transaction)
                                .statement(),
                        row -> CompletionLook.Answer.valueOf(Columns.text(row, "answer")))
                .onErrorMap(SqlErrors::of);
    }
}
