package io.headrace.operate;

import io.headrace.JobId;
import io.headrace.TransformSubject;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the handler of a job has recorded so far, and the signals that it waits for, see {@link io.headrace.JobOperator#record}.
 *
 * @param job the job
 * @param steps the steps that were recorded last, at most {@link #MOST_STEPS}, in the order in which they were recorded
 * @param stepCount how many steps are recorded in all
 * @param cursor how far its cursor was moved; {@code null} if it never was
 * @param signals the signals that it waits for, has waited for or has read, at most the last {@link #MOST_SIGNALS}, in the
 *     order of {@link RecordedSignal#since}
 */
public record JobRecord(
        JobId job,
        List<RecordedStep> steps,
        int stepCount,
        @Nullable RecordedCursor cursor,
        List<RecordedSignal> signals) {

    /** The maximum number of steps that are shown. */
    public static final int MOST_STEPS = 200;

    /** The maximum number of signals that are shown. */
    public static final int MOST_SIGNALS = 50;

    /** The maximum number of bytes of the values of steps that are shown, in UTF-8, and of those of signals. */
    public static final int MOST_BYTES = 256 << 10;

    /** What stands in place of a value beyond {@link #MOST_BYTES}: a JSON text that says so. */
    public static final String NOT_SHOWN = "\"(not shown: the values after it are long)\"";

    public JobRecord {
        steps = List.copyOf(steps);
        signals = List.copyOf(signals);
    }

    /** A job that has recorded nothing. */
    public static JobRecord none(JobId job) {
        return new JobRecord(job, List.of(), 0, null, List.of());
    }

    /** Returns this without values, for people without the right {@link Right#VIEW_PAYLOAD}. */
    public JobRecord withoutValues() {
        return withValues((subject, value) -> null);
    }

    /**
     * Returns this with other values, such as decoded ({@link io.headrace.PayloadTransforms#decodeValue}) or redacted ones.
     *
     * @param shown what is shown of a value, which it is given with what the value belongs to; {@code null} for nothing
     */
    public JobRecord withValues(BiFunction<TransformSubject, String, @Nullable String> shown) {
        return new JobRecord(
                job,
                steps.stream()
                        .map(step ->
                                step.withValue(value -> shown.apply(TransformSubject.step(job, step.name()), value)))
                        .toList(),
                stepCount,
                cursor == null ? null : cursor.withValue(value -> shown.apply(TransformSubject.cursor(job), value)),
                signals.stream()
                        .map(signal ->
                                signal.withValue(value -> shown.apply(TransformSubject.signal(signal.key()), value)))
                        .toList());
    }
}
