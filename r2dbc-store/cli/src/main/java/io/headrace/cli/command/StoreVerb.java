package io.headrace.cli.command;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import reactor.core.publisher.Mono;

/** A command that works with a store. */
public abstract class StoreVerb extends Verb {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Override
    public final Integer call() {
        check();
        try (Desk desk = Desk.open(connection.database(shell()), connection.schema(), !connection.isPooled())) {
            return run(desk);
        }
    }

    /** Refuses wrong arguments before the database is asked anything. */
    protected void check() {}

    /** Does it, and returns the exit code. */
    protected abstract int run(Desk desk);

    /** Waits for an answer that is never empty. */
    protected static <T> T await(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(), "no answer");
    }

    /** Waits until something is done that has no answer. */
    protected static void finish(Mono<Void> work) {
        work.block();
    }

    /** Waits for an answer that may be empty. */
    protected static <T> @Nullable T awaitAny(Mono<T> answer) {
        return answer.block();
    }
}
