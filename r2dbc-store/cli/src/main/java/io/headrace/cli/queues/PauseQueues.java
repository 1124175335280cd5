package io.headrace.cli.queues;

import io.headrace.cli.command.Desk;
import picocli.CommandLine.Command;
import reactor.core.publisher.Mono;

/** Pauses queues. */
@Command(
        name = "pause",
        description = {
            "Pause queues in every engine until they are resumed.",
            "Running jobs finish. Enqueueing, cancelling and retrying go on."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace queue pause mail")
final class PauseQueues extends QueueSwitch {

    PauseQueues() {
        super(true);
    }

    @Override
    Mono<Void> turn(Desk desk, String queue) {
        return desk.operator().pause(queue);
    }
}
