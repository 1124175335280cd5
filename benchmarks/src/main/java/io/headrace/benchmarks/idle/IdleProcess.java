package io.headrace.benchmarks.idle;

import io.headrace.JobEngine;
import io.headrace.benchmarks.headrace.Payload;
import io.headrace.benchmarks.process.ParentProcess;
import io.headrace.benchmarks.process.Target;
import io.headrace.postgres.PostgresJobStore;
import io.r2dbc.spi.ConnectionFactories;
import java.io.IOException;
import reactor.core.publisher.Mono;

/** A process with idle engines, with the settings that an engine has by default, until its parent is gone. */
final class IdleProcess {

    /** On standard output, once all engines have started. */
    static final String READY = "ready";

    private IdleProcess() {}

    /** The address of the server, the database, the user; how many engines, and how many queues each of them has. */
    public static void main(String[] args) throws IOException {
        Target target = new Target(args[0], args[1], args[2]);
        int engines = Integer.parseInt(args[3]);
        for (int nr = 0; nr < engines; nr++) {
            engine(target, Integer.parseInt(args[4])).start().block();
        }
        System.out.println(READY);
        ParentProcess.awaitEnd();
        Runtime.getRuntime().halt(0);
    }

    /** On a store of its own, as if it were alone in its process. */
    private static JobEngine engine(Target target, int queues) {
        PostgresJobStore store = PostgresJobStore.create(ConnectionFactories.get(target.options()));
        JobEngine.Builder builder = JobEngine.builder(store).subscribe(Payload.TYPE, job -> Mono.empty());
        for (int nr = 0; nr < queues; nr++) {
            builder = builder.queue("queue-" + nr, queue -> queue);
        }
        return builder.build();
    }
}
