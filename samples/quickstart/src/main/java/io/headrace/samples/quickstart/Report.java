package io.headrace.samples.quickstart;

import io.headrace.AttemptFailure;
import io.headrace.JacksonPayloadCodec;
import io.headrace.JobSnapshot;
import io.headrace.samples.quickstart.Quickstart.MeasureFile;
import io.headrace.samples.quickstart.Tally.Handled;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is printed at the end. */
final class Report {

    private static final int SLOWEST = 5;
    private static final int MOST_LISTED = 20;
    private static final int DIGITS_OF_HASH = 12;

    private final Folder folder;
    private final Collection<Path> expected;
    private final Outcome outcome;
    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    /** @param expected the files that were known to be missing */
    Report(Folder folder, Collection<Path> expected, Outcome outcome) {
        this.folder = folder;
        this.expected = expected;
        this.outcome = outcome;
    }

    void print(PrintStream out) {
        totals(out);
        unreadable(out);
        slowest(out);
        failed(out);
        List<String> findings = outcome.findings();
        out.println("audit: " + (findings.isEmpty() ? "ok" : String.join("; ", findings)));
        out.flush();
    }

    private void totals(PrintStream out) {
        Collection<Handled> handled = outcome.tally().handled();
        long lines = handled.stream().mapToLong(file -> file.facts().lines()).sum();
        Table table = Table.ofNumbers();
        table.row("files", "lines", "handled", "retried", "tombstones", "jobs/s");
        table.row(
                number(folder.files().size()),
                number(lines),
                number(handled.size()),
                number(outcome.retried()),
                number(outcome.audit().tombstones()),
                perSecond(handled.size(), outcome.tally().took()));
        print(out, "", table);
        out.println();
    }

    private void unreadable(PrintStream out) {
        list(out, "unreadable:", folder.unreadable(), (table, path) -> table.row(folder.name(path)));
    }

    private void slowest(PrintStream out) {
        List<Handled> slowest = outcome.tally().handled().stream()
                .sorted(Comparator.comparing((Handled file) -> file.facts().took())
                        .reversed())
                .limit(SLOWEST)
                .toList();
        if (slowest.isEmpty()) {
            return;
        }
        Table table = Table.endingInText();
        table.row("ms", "lines", "SHA-256", "file");
        for (Handled file : slowest) {
            table.row(
                    number(file.facts().took().toMillis()),
                    number(file.facts().lines()),
                    file.facts().sha256().substring(0, DIGITS_OF_HASH),
                    folder.name(file.file()));
        }
        out.println("slowest:");
        print(out, "  ", table);
        out.println();
    }

    private void failed(PrintStream out) {
        list(out, "failed:", outcome.failed(), this::failed);
    }

    /** The payload stays in the tombstone, so the file can be read from there. */
    private void failed(Table table, JobSnapshot job) {
        MeasureFile payload = (MeasureFile) codec.read(job.payload(), Quickstart.MEASURE_FILE.payloadType());
        table.row(
                expected.contains(payload.file()) ? "expected" : "NOT expected",
                job.attempt() + " attempts",
                folder.name(payload.file()) + ": " + lastError(job.failures()));
    }

    private static String lastError(List<AttemptFailure> failures) {
        if (failures.isEmpty()) {
            return "no error is recorded";
        }
        AttemptFailure last = failures.get(failures.size() - 1);
        String type = last.errorType().substring(last.errorType().lastIndexOf('.') + 1);
        return OneLine.of(last.message() == null ? type : type + ": " + last.message());
    }

    private static <T> void list(PrintStream out, String title, List<T> entries, Row<T> row) {
        if (entries.isEmpty()) {
            return;
        }
        Table table = Table.endingInText();
        entries.stream().limit(MOST_LISTED).forEach(entry -> row.add(table, entry));
        out.println(title);
        print(out, "  ", table);
        if (entries.size() > MOST_LISTED) {
            out.println("  and " + number(entries.size() - MOST_LISTED) + " more");
        }
        out.println();
    }

    private static void print(PrintStream out, String indent, Table table) {
        table.lines().forEach(line -> out.println(indent + line));
    }

    private static String perSecond(int jobs, Duration took) {
        return took.isZero() ? "-" : number(Math.round(jobs * 1e9 / took.toNanos()));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Turns an entry into a row. */
    private interface Row<T> {
        void add(Table table, T entry);
    }
}
