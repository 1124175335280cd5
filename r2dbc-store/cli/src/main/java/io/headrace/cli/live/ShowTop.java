package io.headrace.cli.live;

import io.headrace.cli.command.Bounds;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.end.RefusedException;
import io.headrace.operate.LiveView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;

/** Shows the queues as they move. */
@Command(
        name = "top",
        description = {
            "Show the queues and workers as they move: depths, rates, and when each queue will be empty.",
            "At a terminal, until q or Ctrl-C. Elsewhere, and with --json, prints a view about every two seconds."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace top", "  headrace top --once --json"})
public final class ShowTop extends StoreVerb {

    @Option(names = "--once", description = "Print one view, and end.")
    private boolean once;

    @Option(names = "--count", paramLabel = "N", description = "Print N views, and end.")
    private @Nullable Long count;

    @Override
    protected void check() {
        if (once && count != null) {
            throw RefusedException.wrongArguments("Give --once or --count, not both");
        }
        Bounds.atLeastOne("--count", count);
    }

    @Override
    protected int run(Desk desk) {
        Flux<LiveView> views = desk.operator().live();
        Long most = once ? Long.valueOf(1) : count;
        if (most == null && shell().isInteractive() && !isJson()) {
            watch(views);
        } else {
            print(most == null ? views.takeUntilOther(shell().end()) : views.take(most));
        }
        return ExitCode.DONE;
    }

    private void watch(Flux<LiveView> views) {
        try (Terminal terminal = TerminalBuilder.builder().build();
                TerminalScreen screen = new TerminalScreen(terminal)) {
            Disposable watching = views.subscribe(view -> screen.show(ViewText.lines(view)));
            screen.untilQuit();
            watching.dispose();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal cannot be used: " + e.getMessage(), e);
        }
    }

    private void print(Flux<LiveView> views) {
        for (LiveView view : views.toIterable(1)) {
            if (view.at() == null) {
                throw RefusedException.failed("The queues cannot be read: " + view.problem());
            }
            answer(ViewJson.of(view), out -> ViewText.lines(view).forEach(out::println));
        }
    }
}
