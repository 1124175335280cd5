package io.headrace.cli.jobs;

import io.headrace.Enqueued;
import io.headrace.JobType;
import io.headrace.NewJob;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.Shell;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Enqueues a job. */
@Command(
        name = "enqueue",
        description = {
            "Enqueue a job, and print its id.",
            "With a unique key that a job holds, prints the id of that job and enqueues nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headrace enqueue send-letter '{\"to\":\"ada\"}' --queue mail --delay 5m",
            "  headrace enqueue send-letter - < letter.json"
        })
public final class EnqueueJob extends StoreVerb {

    private static final String STANDARD_INPUT = "-";

    @Parameters(index = "0", paramLabel = "KIND", description = "The kind of the job. A handler must exist for it.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "PAYLOAD", description = "The payload, as JSON; - reads standard input.")
    private String payload = "";

    @Mixin
    private EnqueueOptions options = new EnqueueOptions();

    private @Nullable NewJob<String> job;

    @Override
    protected void check() {
        if (payload.equals(STANDARD_INPUT)) {
            payload = all(shell());
        }
        try {
            Json.check(payload);
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrongArguments("The payload is not JSON: " + e.getMessage());
        }
        job = options.on(JobType.of(kind, String.class).job(payload));
    }

    @Override
    protected int run(Desk desk) {
        Enqueued enqueued = await(desk.operator().enqueue(Objects.requireNonNull(job, "job")));
        answer(
                new Fields()
                        .with("id", enqueued.id())
                        .with("created", enqueued.created())
                        .with("reason", enqueued.reason()),
                out -> out.println(enqueued.id()));
        if (!enqueued.created()) {
            say("Nothing was enqueued: job " + enqueued.id() + " holds the unique key.");
        }
        return ExitCode.DONE;
    }

    private static String all(Shell shell) {
        StringWriter text = new StringWriter();
        try {
            shell.input().transferTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Standard input cannot be read: " + e.getMessage(), e);
        }
        return text.toString();
    }
}
