package io.headrace.cli.jobs;

import io.headrace.PayloadTransforms;
import io.headrace.cli.print.Facts;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Spans;
import io.headrace.cli.print.Table;
import io.headrace.operate.JobRecord;
import io.headrace.operate.RecordedCursor;
import io.headrace.operate.RecordedSignal;
import io.headrace.operate.RecordedStep;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What the handler of a job has recorded and what the job waits for, in words and as JSON. */
record RecordText(JobRecord record) {

    /** The most characters of a value in a table. All of it is in the JSON. */
    private static final int WIDTH = 80;

    /** Prints a section for each part that is not empty. */
    void print(PrintWriter out) {
        RecordedCursor cursor = record.cursor();
        if (cursor != null) {
            out.println();
            new Facts()
                    .fact("cursor", shown(cursor.value()))
                    .fact("moved", cursor.at())
                    .fact("in attempt", String.valueOf(cursor.attempt()))
                    .print(out);
        }
        if (!record.signals().isEmpty()) {
            out.println();
            Table table = new Table("SIGNAL", "STATE", "SINCE", "UNTIL", "VALUE");
            record.signals()
                    .forEach(signal -> table.row(
                            signal.key(),
                            signal.state(),
                            signal.since(),
                            signal.until(),
                            shortened(shown(signal.value()))));
            table.print(out);
        }
        if (record.stepCount() > 0) {
            out.println();
            if (record.stepCount() > record.steps().size()) {
                out.println("The last " + record.steps().size() + " of " + record.stepCount() + " steps:");
            }
            Table table = new Table("STEP", "ATTEMPT", "RECORDED", "TOOK", "VALUE");
            record.steps()
                    .forEach(step -> table.row(
                            step.name(), step.attempt(), step.at(), step.took(), shortened(shown(step.value()))));
            table.print(out);
        }
    }

    /** What is transformed means nothing to people. With --json it is there as it is stored. */
    static @Nullable String shown(@Nullable String value) {
        String transform = value == null ? null : PayloadTransforms.valueTransform(value);
        return transform == null ? value : transformed(transform);
    }

    static String transformed(String by) {
        return "(stored transformed by " + by + ")";
    }

    private static @Nullable String shortened(@Nullable String value) {
        return value == null || value.codePointCount(0, value.length()) <= WIDTH
                ? value
                : value.substring(0, value.offsetByCodePoints(0, WIDTH - 1)) + "…";
    }

    Fields addTo(Fields job) {
        RecordedCursor cursor = record.cursor();
        return job.with("steps", record.steps().stream().map(RecordText::json).toList())
                .with("stepCount", record.stepCount())
                .with(
                        "cursor",
                        cursor == null
                                ? null
                                : new Fields()
                                        .with("attempt", cursor.attempt())
                                        .with("at", cursor.at())
                                        .with("value", cursor.value()))
                .with("signals", record.signals().stream().map(RecordText::json).toList());
    }

    private static Fields json(RecordedSignal signal) {
        return new Fields()
                .with("key", signal.key())
                .with("state", signal.state())
                .with("since", signal.since())
                .with("until", signal.until())
                .with("value", signal.value());
    }

    private static Fields json(RecordedStep step) {
        return new Fields()
                .with("name", step.name())
                .with("attempt", step.attempt())
                .with("at", step.at())
                .with("tookSeconds", Spans.seconds(step.took()))
                .with("value", step.value());
    }
}
