package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.report.Table;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** The faults of a run, a line each. */
final class FaultTable {

    private FaultTable() {}

    /** The last one, while the run goes on. */
    static String line(List<Inflicted> faults) {
        Inflicted last = faults.get(faults.size() - 1);
        return String.format(
                "%d. %s: lasted %s s, recovered in %s s, audit %s",
                faults.size(), last.name(), seconds(last.seconds()), seconds(last.recoverySeconds()), last.audit());
    }

    static void print(FaultOutcome outcome, PrintStream out) {
        Table table = Table.endingInText();
        table.row(
                "nr",
                "at job",
                "lasted s",
                "recovery s",
                "all back s",
                "leases s",
                "repeated",
                "charged",
                "held",
                "audit",
                "fault");
        int nr = 0;
        for (Inflicted fault : outcome.faults()) {
            table.row(
                    Integer.toString(++nr),
                    number(fault.atJob()),
                    seconds(fault.seconds()),
                    seconds(fault.recoverySeconds()),
                    seconds(fault.backSeconds()),
                    seconds(fault.clearedSeconds()),
                    number(fault.repeated()),
                    number(fault.charged()),
                    number(fault.held()),
                    fault.auditIsOk() ? "ok" : "FAILED",
                    fault.name() + (fault.auditIsOk() ? "" : " - " + fault.audit()));
        }
        table.lines().forEach(out::println);
        out.println();
        out.println(summary(outcome));
        outcome.notes().findings().forEach(finding -> out.println("found: " + finding));
        outcome.notes().remarks().forEach(remark -> out.println("note: " + remark));
        if (!outcome.census().example().isEmpty()) {
            out.println("lost: " + outcome.census().example());
        }
        out.flush();
    }

    private static String summary(FaultOutcome outcome) {
        Census census = outcome.census();
        return String.format(
                Locale.ROOT,
                "%s: %d faults of %d sorts, %,d jobs, %d lost, %d recorded twice, %d completed without a run, %d wrongly charged,"
                        + " %d wrongly buried, %d cancelled and still running, %d audits failed, %d workers stuck,"
                        + " longest recovery %s s, drained in %s s",
                outcome.isSound() ? "ok" : "NOT OK",
                outcome.faults().size(),
                outcome.sorts(),
                census.jobs(),
                census.lost(),
                census.twice(),
                census.unrun(),
                census.charged(),
                census.buried(),
                outcome.notes().stillRunning(),
                outcome.auditFailures(),
                outcome.stuckWorkers(),
                seconds(outcome.longestRecovery()),
                seconds(outcome.drainSeconds()));
    }

    /** Below zero for what did not happen. */
    private static String seconds(double value) {
        return value < 0 ? "never" : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
