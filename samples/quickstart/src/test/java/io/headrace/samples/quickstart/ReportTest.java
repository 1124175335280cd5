package io.headrace.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.AttemptFailure;
import io.headrace.AuditReport;
import io.headrace.AuditReport.Finding;
import io.headrace.AuditReport.What;
import io.headrace.Job;
import io.headrace.JobId;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.samples.quickstart.Quickstart.MeasureFile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Path ROOT = Path.of("folder").toAbsolutePath();

    private final Tally tally = new Tally();

    @Test
    void a_failure_that_was_not_expected_is_named_as_such_and_the_audit_stays_ok() {
        Outcome outcome = new Outcome(2, tally, List.of(failed(1), failed(2)), audit(0, 2));

        List<String> lines = print(outcome, List.of(), List.of(file(1)));

        assertThat(lines)
                .contains(
                        "      expected  3 attempts  1.txt: IOException: gone",
                        "  NOT expected  3 attempts  2.txt: IOException: gone")
                .last()
                .isEqualTo("audit: ok");
    }

    @Test
    void long_lists_are_cut_and_say_so() {
        List<JobSnapshot> failed =
                LongStream.rangeClosed(1, 1_025).mapToObj(ReportTest::failed).toList();

        List<String> lines = print(new Outcome(1_025, tally, failed, audit(0, 1_025)), List.of(), List.of());

        assertThat(lines).filteredOn(line -> line.contains("NOT expected")).hasSize(20);
        assertThat(lines).contains("  and 1,005 more");
    }

    @Test
    void what_could_not_be_read_is_listed() {
        List<String> lines = print(new Outcome(0, tally, List.of(), audit(0, 0)), List.of(file(7)), List.of());

        assertThat(lines).containsSequence("unreadable:", "  7.txt");
    }

    @Test
    void retries_of_what_was_handled_in_the_end_count_too() {
        tally.begin();
        FileFacts facts = new FileFacts(1_000, "0".repeat(64), Duration.ofMillis(1_234));
        assertThat(tally.add(job(1, 3), facts).attempts()).isEqualTo(3);

        List<String> lines = print(new Outcome(1, tally, List.of(), audit(1, 0)), List.of(), List.of());

        assertThat(lines.get(1).strip().split(" +")).startsWith("0", "1,000", "1", "2", "0");
        assertThat(lines).contains("  1,234  1,000  000000000000  1.txt");
    }

    @Test
    void what_the_audit_finds_is_the_last_line() {
        Finding finding = new Finding(What.NOWHERE, 2, new JobId(0));
        AuditReport audit = new AuditReport(0, 0, 0, 0, 0, 0, List.of(finding));
        Outcome outcome = new Outcome(0, tally, List.of(), audit);

        assertThat(print(outcome, List.of(), List.of()))
                .last()
                .isEqualTo("audit: [2 in no place, such as 0000000000000]");
    }

    @Test
    void counts_that_differ_are_not_ok() {
        Outcome outcome = new Outcome(3, tally, List.of(failed(1)), audit(1, 0));

        assertThat(outcome.findings())
                .containsExactly(
                        "completed should be 0, is 1", "tombstones should be 1, is 0", "ended should be 3, is 1");
    }

    private static List<String> print(Outcome outcome, List<Path> unreadable, List<Path> expected) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Report(new Folder(ROOT, List.of(), unreadable), expected, outcome)
                .print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static AuditReport audit(long completed, long tombstones) {
        return new AuditReport(completed + tombstones, 0, 0, completed, tombstones, 0, List.of());
    }

    private static Job<MeasureFile> job(long id, int attempt) {
        return new Job<>(
                new JobId(id), "measure-file", "default", 4, attempt, 3, new MeasureFile(file(id)), Map.of(), null);
    }

    private static JobSnapshot failed(long id) {
        String payload = "{\"file\":\"" + file(id).toUri() + "\"}";
        JobId job = new JobId(id);
        List<AttemptFailure> failures =
                List.of(new AttemptFailure(3, job.createdAt(), "java.io.IOException", "gone", null, null, null));
        return new JobSnapshot(
                job,
                JobState.FAILED,
                "default",
                "measure-file",
                4,
                3,
                null,
                null,
                payload,
                null,
                null,
                null,
                null,
                failures);
    }

    private static Path file(long number) {
        return ROOT.resolve(number + ".txt");
    }
}
