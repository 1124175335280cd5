package io.headrace.cli.queues;

import io.headrace.cli.command.Desk;
import picocli.CommandLine.Command;
import reactor.core.publisher.Mono;

/** Resumes queues. */
@Command(
        name = "resume",
        description = "Resume queues, and wake their waiting workers.",
        footerHeading = "%nExample:%n",
        footer = "  headrace queue resume mail")
final class ResumeQueues extends QueueSwitch {

    ResumeQueues() {
        super(false);
    }

    @Override
    Mono<Void> turn(Desk desk, String queue) {
        return desk.operator().resume(queue);
    }
}
