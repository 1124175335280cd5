package io.headrace.cli.store;

import io.headrace.AuditReport;
import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import picocli.CommandLine.Command;

/** Runs the audit. */
@Command(
        name = "audit",
        description = {
            "Verify that every job is in exactly one place, and that no schedule is stuck.",
            "Reads all sets of jobs in one query. Exit code 4 if it found something."
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace audit")
public final class AuditStore extends StoreVerb {

    @Override
    protected int run(Desk desk) {
        AuditReport report = await(desk.operator().audit());
        answer(json(report), out -> {
            new Facts()
                    .fact("jobs", report.jobs())
                    .fact("pending", report.pending())
                    .fact("leased", report.leased())
                    .fact("completed", report.completed())
                    .fact("tombstones", report.tombstones())
                    .fact("pruned", report.pruned())
                    .fact("audit", report.isOk() ? "ok" : report.findings().size() + " findings")
                    .print(out);
            report.findings()
                    .forEach(finding -> new Facts().fact("finding", finding).print(out));
        });
        return report.isOk() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static Fields json(AuditReport report) {
        return new Fields()
                .with("ok", report.isOk())
                .with("jobs", report.jobs())
                .with("pending", report.pending())
                .with("leased", report.leased())
                .with("completed", report.completed())
                .with("tombstones", report.tombstones())
                .with("pruned", report.pruned())
                .with(
                        "findings",
                        report.findings().stream()
                                .map(finding -> new Fields()
                                        .with("what", finding.what())
                                        .with("count", finding.jobs())
                                        .with("exampleJob", finding.example())
                                        .with("schedule", finding.schedule()))
                                .toList());
    }
}
