package io.headrace.cli.signals;

import io.headrace.JobConstraints;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Json;
import io.headrace.signal.SignalAnswer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Sends a signal. */
@Command(
        name = "signal",
        description = {
            "Send a signal, and print how many jobs it made due.",
            "A key is signalled once: if it was before, nothing is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace signal approved-77", "  headrace signal paid-77 '{\"reference\":\"4711\"}'"})
public final class SendSignal extends StoreVerb {

    @Parameters(index = "0", paramLabel = "KEY", description = "What jobs wait for.")
    private String key = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "VALUE", description = "The value, as JSON. Default: none.")
    private @Nullable String value;

    @Override
    protected void check() {
        key = JobConstraints.signalKey(key);
        try {
            if (value != null) {
                Json.check(value);
            }
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrongArguments("The value is not JSON: " + e.getMessage());
        }
    }

    @Override
    protected int run(Desk desk) {
        SignalAnswer answer = await(desk.operator().signal(key, value));
        answer(
                new Fields().with("created", answer.created()).with("woken", answer.woken()),
                out -> out.println(answer.woken()));
        if (!answer.created()) {
            say("Nothing was sent: the key was signalled before.");
            return ExitCode.NOT_FOUND;
        }
        return ExitCode.DONE;
    }
}
