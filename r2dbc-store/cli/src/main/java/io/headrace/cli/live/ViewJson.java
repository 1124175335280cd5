package io.headrace.cli.live;

import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.cli.queues.WorkerRow;
import io.headrace.operate.Forecast;
import io.headrace.operate.LiveQueue;
import io.headrace.operate.LiveView;

/** The queues and workers at one moment, as JSON. */
final class ViewJson {

    private ViewJson() {}

    static Fields of(LiveView view) {
        return new Fields()
                .with("at", view.at())
                .with("problem", view.problem())
                .with("queues", view.queues().stream().map(ViewJson::queue).toList())
                .with("workers", view.workers().stream().map(WorkerRow::json).toList());
    }

    private static Fields queue(LiveQueue queue) {
        return new Fields()
                .with("queue", queue.queue())
                .with("paused", queue.isPaused())
                .with("due", queue.due())
                .with("scheduled", queue.scheduled())
                .with("leased", queue.leased())
                .with("failed", queue.failed())
                .with("oldestDueSeconds", Spans.seconds(queue.oldestDue()))
                .with("estimated", queue.isEstimated())
                .with("completedPerSecond", queue.completedPerSecond())
                .with("retriedPerSecond", queue.retriedPerSecond())
                .with("failedPerSecond", queue.failedPerSecond())
                .with("forecast", forecast(queue.forecast()));
    }

    private static Fields forecast(Forecast forecast) {
        return new Fields()
                .with("outlook", forecast.outlook())
                .with("inSeconds", forecast.in() == null ? null : Spans.seconds(forecast.in()));
    }
}
