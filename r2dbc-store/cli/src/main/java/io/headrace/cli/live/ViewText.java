package io.headrace.cli.live;

import io.headrace.WorkerSnapshot;
import io.headrace.cli.print.Spans;
import io.headrace.cli.print.Table;
import io.headrace.operate.LiveQueue;
import io.headrace.operate.LiveView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/** What is shown of the queues and workers: the queue with the most due jobs comes first. */
final class ViewText {

    private static final Comparator<LiveQueue> BUSIEST = Comparator.comparing(LiveQueue::due)
            .thenComparing(LiveQueue::leased)
            .reversed()
            .thenComparing(LiveQueue::queue);

    private ViewText() {}

    static List<String> lines(LiveView view) {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text)) {
            out.println(headline(view));
            out.println();
            queues(view).print(out);
            out.println();
            workers(view).print(out);
        }
        return text.toString().lines().toList();
    }

    private static String headline(LiveView view) {
        String at = view.at() == null
                ? "-"
                : view.at().truncatedTo(ChronoUnit.SECONDS).toString();
        return at + (view.problem() == null ? "" : "  NOT CURRENT: " + view.problem());
    }

    private static Table queues(LiveView view) {
        Table table = new Table(
                "QUEUE",
                "DUE",
                "OLDEST",
                "SCHEDULED",
                "LEASED",
                "FAILED",
                "DONE/S",
                "RETRIED/S",
                "FAILED/S",
                "OUTLOOK");
        view.queues().stream()
                .sorted(BUSIEST)
                .forEach(queue -> table.row(
                        queue.queue(),
                        count(queue.due(), queue.isEstimated()),
                        queue.due() == 0 ? null : Spans.words(queue.oldestDue()),
                        count(queue.scheduled(), queue.isEstimated()),
                        queue.leased(),
                        queue.failed(),
                        rate(queue.completedPerSecond()),
                        rate(queue.retriedPerSecond()),
                        rate(queue.failedPerSecond()),
                        queue.forecast().describe()));
        return table;
    }

    private static Object count(long jobs, boolean isEstimated) {
        return isEstimated ? "~" + jobs : (Object) jobs;
    }

    private static BigDecimal rate(double perSecond) {
        return BigDecimal.valueOf(perSecond).setScale(perSecond < 10 ? 1 : 0, RoundingMode.HALF_UP);
    }

    private static Table workers(LiveView view) {
        Table table = new Table("WORKER", "NAME", "VERSION", "QUEUES", "STATE", "JOBS");
        for (WorkerSnapshot worker : view.workers()) {
            table.row(
                    worker.id(),
                    worker.name(),
                    worker.version(),
                    worker.queues(),
                    worker.isSilent() ? "silent" : "live",
                    worker.jobs());
        }
        return table;
    }
}
