package io.headrace.cli.queues;

import io.headrace.JobTotals;
import io.headrace.QueueSnapshot;
import io.headrace.WorkerSnapshot;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows queues, workers and totals. */
@Command(
        name = "status",
        description = {
            "Show the queues with their jobs, the workers, and how many jobs ended.",
            "Counts the jobs; not for a loop."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace status")
public final class ShowStatus extends StoreVerb {

    @Override
    protected int run(Desk desk) {
        List<QueueSnapshot> queues = await(desk.operator().queues().collectList());
        List<WorkerSnapshot> workers = await(desk.operator().workers().collectList());
        List<JobTotals> totals = await(desk.operator().totals().collectList());
        answer(
                new Fields()
                        .with("queues", queues.stream().map(QueueRow::json).toList())
                        .with("workers", workers.stream().map(WorkerRow::json).toList())
                        .with("totals", totals.stream().map(TotalsRow::json).toList()),
                out -> {
                    Table queueTable = QueueRow.table();
                    queues.forEach(queue -> QueueRow.add(queueTable, queue));
                    queueTable.print(out);
                    out.println();
                    Table workerTable = WorkerRow.table();
                    workers.forEach(worker -> WorkerRow.add(workerTable, worker));
                    workerTable.print(out);
                    out.println();
                    Table totalsTable = TotalsRow.table();
                    totals.forEach(each -> TotalsRow.add(totalsTable, each));
                    totalsTable.print(out);
                });
        return ExitCode.DONE;
    }
}
