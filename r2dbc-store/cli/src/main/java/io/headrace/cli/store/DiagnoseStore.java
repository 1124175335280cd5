package io.headrace.cli.store;

import io.headrace.cli.command.ConnectionOptions;
import io.headrace.cli.command.Verb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import io.headrace.operate.Reading;
import io.headrace.postgres.PostgresDoctor;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what is wrong with the database. */
@Command(
        name = "doctor",
        description = {
            "Check the database: schema, rights, settings, connections, clocks, old snapshots, queues without engines.",
            "Says what is wrong and what to do. Changes nothing. Exit code 4 if it found something."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace doctor", "  headrace doctor --longest-snapshot 2h --json"})
public final class DiagnoseStore extends Verb {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--longest-snapshot",
            paramLabel = "DURATION",
            description = "How long a transaction may keep dead rows from being removed. Default: 10m.")
    private @Nullable Duration longestSnapshot;

    @Override
    public Integer call() {
        PostgresDoctor doctor = PostgresDoctor.of(connection.database(shell()).connectionFactory())
                .schema(connection.schema())
                .notifications(!connection.isPooled())
                .clock(shell().clock());
        Diagnosis diagnosis = Objects.requireNonNull(
                (longestSnapshot == null ? doctor : doctor.longestSnapshot(longestSnapshot))
                        .diagnose()
                        .block(),
                "no answer");
        answer(json(diagnosis), out -> print(out, diagnosis));
        return diagnosis.isOk() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    private static void print(PrintWriter out, Diagnosis diagnosis) {
        Facts facts = new Facts();
        for (Reading reading : diagnosis.readings()) {
            facts = facts.fact(reading.name(), reading.value());
        }
        facts.print(out);
        for (Problem problem : diagnosis.problems()) {
            out.println();
            new Facts()
                    .fact(problem.severity().name().toLowerCase(Locale.ROOT), problem.what())
                    .fact("what to do", problem.remedy())
                    .print(out);
        }
        out.println();
        int found = diagnosis.problems().size();
        out.println(found == 0 ? "No problems found." : found == 1 ? "1 problem found." : found + " problems found.");
    }

    private static Fields json(Diagnosis diagnosis) {
        return new Fields()
                .with("ok", diagnosis.isOk())
                .with(
                        "problems",
                        diagnosis.problems().stream()
                                .map(DiagnoseStore::problem)
                                .toList())
                .with(
                        "readings",
                        diagnosis.readings().stream()
                                .map(DiagnoseStore::reading)
                                .toList());
    }

    private static Fields problem(Problem problem) {
        return new Fields()
                .with("code", problem.code())
                .with("severity", problem.severity())
                .with("what", problem.what())
                .with("remedy", problem.remedy());
    }

    private static Fields reading(Reading reading) {
        return new Fields()
                .with("code", reading.code())
                .with("name", reading.name())
                .with("value", reading.value());
    }
}
