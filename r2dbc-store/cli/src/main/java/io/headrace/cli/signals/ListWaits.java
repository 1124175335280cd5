package io.headrace.cli.signals;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.PageOptions;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.signal.AwaitedPage;
import io.headrace.signal.AwaitedSignal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists jobs that wait for signals. */
@Command(
        name = "signals",
        description = {
            "List jobs that wait for signals, by key.",
            "If there are more, prints the cursor from which the next call continues."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace signals", "  headrace signals --key paid-77 --json"})
public final class ListWaits extends StoreVerb {

    private static final int LARGEST_PAGE = 200;

    @Option(names = "--key", paramLabel = "KEY", description = "Only jobs that wait for this key.")
    private @Nullable String key;

    @Mixin
    private PageOptions shown = new PageOptions();

    @Override
    protected void check() {
        shown.check();
    }

    @Override
    protected int run(Desk desk) {
        List<AwaitedSignal> waits = new ArrayList<>();
        AwaitedPage page = page(desk, shown.cursor(), waits);
        while (page.next() != null && waits.size() < shown.limit()) {
            page = page(desk, page.next(), waits);
        }
        Table table = new Table("KEY", "JOB", "QUEUE", "KIND", "SINCE", "UNTIL");
        waits.forEach(each -> table.row(each.key(), each.job(), each.queue(), each.kind(), each.since(), each.until()));
        answer(
                new Fields()
                        .with("waits", waits.stream().map(ListWaits::json).toList())
                        .with("next", page.next()),
                table::print);
        if (page.next() != null && !isJson()) {
            say("There may be more; go on with --cursor " + page.next());
        }
        return ExitCode.DONE;
    }

    private AwaitedPage page(Desk desk, @Nullable String from, List<AwaitedSignal> waits) {
        AwaitedPage page =
                await(desk.operator().awaiting(key, from, Math.min(LARGEST_PAGE, shown.limit() - waits.size())));
        waits.addAll(page.waits());
        return page;
    }

    private static Fields json(AwaitedSignal wait) {
        return new Fields()
                .with("key", wait.key())
                .with("job", wait.job())
                .with("queue", wait.queue())
                .with("kind", wait.kind())
                .with("since", wait.since())
                .with("until", wait.until());
    }
}
