package io.headrace.cli.queues;

import io.headrace.JobConstraints;
import io.headrace.QueueSnapshot;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Pauses queues or resumes them. */
abstract class QueueSwitch extends StoreVerb {

    @Parameters(arity = "1..*", paramLabel = "QUEUE", description = "The name of a queue.")
    private List<String> queues = List.of();

    private final boolean pauses;

    QueueSwitch(boolean pauses) {
        this.pauses = pauses;
    }

    @Override
    protected final void check() {
        queues = queues.stream()
                .map(queue -> JobConstraints.name("queue", queue))
                .distinct()
                .toList();
    }

    abstract Mono<Void> turn(Desk desk, String queue);

    @Override
    protected final int run(Desk desk) {
        Flux.fromIterable(queues).concatMap(queue -> turn(desk, queue)).blockLast();
        answer(
                new Fields()
                        .with(
                                "queues",
                                queues.stream()
                                        .map(queue -> new Fields()
                                                .with("queue", queue)
                                                .with("paused", pauses))
                                        .toList()),
                out -> queues.forEach(queue -> out.println(queue + (pauses ? " is paused" : " is not paused"))));
        warnOfUnused(desk);
        return ExitCode.DONE;
    }

    /** A queue need not exist to be paused, so a slip of the keyboard is no error. */
    private void warnOfUnused(Desk desk) {
        Set<String> used = await(desk.operator()
                .queues()
                .filter(QueueSwitch::isUsed)
                .map(QueueSnapshot::queue)
                .collect(Collectors.toSet()));
        queues.stream()
                .filter(queue -> !used.contains(queue))
                .forEach(queue -> warn("queue '" + queue + "' has no jobs and no workers. Check its name"));
    }

    private static boolean isUsed(QueueSnapshot queue) {
        return queue.due() + queue.scheduled() + queue.leased() + queue.failed() + queue.workers() > 0;
    }
}
