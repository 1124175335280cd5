package io.headrace.cli.operations;

import io.headrace.bulk.BulkAction;
import io.headrace.bulk.BulkOperation;
import io.headrace.bulk.BulkOperator;
import io.headrace.bulk.BulkPreview;
import io.headrace.bulk.BulkState;
import io.headrace.cli.command.Confirmation;
import io.headrace.cli.command.Shell;
import io.headrace.cli.end.RefusedException;
import io.headrace.cli.print.Table;
import java.util.Locale;
import java.util.Objects;
import picocli.CommandLine.Mixin;

/** Shows what an action is about, asks, and carries it out to its end. */
public final class CarryOut {

    /** From how many jobs on it takes so long that somebody may want to end the command. */
    private static final long MANY = 1_000;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /**
     * Returns the operation when it has ended. Selections without jobs are carried out without a question: only that tells
     * what was pruned.
     *
     * @param verb such as {@code Retry}
     * @param jobs such as {@code failed jobs}
     * @throws RefusedException if the answer is no, or if somebody stopped the operation
     */
    public BulkOperation run(BulkOperator bulk, BulkAction action, String verb, String jobs, Shell shell) {
        BulkPreview preview = Objects.requireNonNull(bulk.preview(action).block(), "no preview");
        if (preview.count() > 0) {
            Table table = new Table("QUEUE", "KIND", "JOBS");
            preview.groups().forEach(group -> table.row(group.queue(), group.kind(), group.count()));
            table.print(shell.err());
            confirmation.ask(shell, verb + " " + words(preview) + " " + one(preview, jobs) + "?");
        }
        BulkOperation started = Objects.requireNonNull(bulk.start(action).block(), "not started");
        if (preview.count() > MANY) {
            shell.err()
                    .println("This is operation " + started.id()
                            + ". If this command is ended, the engines go on with it; 'headrace operations stop "
                            + started.id() + "' stops it.");
        }
        BulkOperation ended = Objects.requireNonNull(
                bulk.watch(started.id()).doOnNext(now -> progress(now, shell)).blockLast(), "gone");
        if (ended.state() == BulkState.STOPPED) {
            throw RefusedException.failed("Somebody has stopped operation " + ended.id() + ", after " + ended.done()
                    + " jobs. Run the command again for the rest");
        }
        return ended;
    }

    private static String words(BulkPreview preview) {
        String count = String.format(Locale.ROOT, "%,d", preview.count());
        return preview.isAtLeast() ? "at least " + count : count;
    }

    private static String one(BulkPreview preview, String jobs) {
        return preview.count() == 1 && !preview.isAtLeast() ? jobs.replaceFirst("s$", "") : jobs;
    }

    static void progress(BulkOperation now, Shell shell) {
        if (shell.isInteractive() && !now.state().isEnded() && now.matched() > 0) {
            shell.err().println(String.format(Locale.ROOT, "%,d jobs so far", now.matched()));
        }
    }
}
