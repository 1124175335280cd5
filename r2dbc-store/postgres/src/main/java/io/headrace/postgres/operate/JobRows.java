package io.headrace.postgres.operate;

import io.headrace.AttemptFailure;
import io.headrace.JobId;
import io.headrace.JobProgress;
import io.headrace.JobSnapshot;
import io.headrace.JobState;
import io.headrace.JobUpdate;
import io.headrace.postgres.sql.Columns;
import io.headrace.spi.FailureTrace;
import io.headrace.spi.Fingerprint;
import io.headrace.spi.WorkerId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads rows of {@code find.sql}, {@code look.sql} and, in part, {@code why.sql}: a job, with its failures out of JSON. */
final class JobRows {

    /** Made here, since making it takes a lock for which no event loop may wait. */
    private static final ObjectReader JSON = JsonMapper.shared().readerFor(JsonNode.class);

    /** For a trace that is named and is not there: people may delete, and restore a part of a dump. */
    private static final String TRACE_GONE = "\t(the stack trace is gone)\n";

    private JobRows() {}

    static JobSnapshot snapshot(JobId id, Readable row) {
        Short maxAttempts = row.get("max_attempts", Short.class);
        Long worker = row.get("worker", Long.class);
        return new JobSnapshot(
                id,
                JobState.valueOf(Columns.text(row, "state")),
                Columns.text(row, "queue"),
                Columns.text(row, "kind"),
                Columns.integer(row, "priority"),
                Columns.integer(row, "attempt"),
                maxAttempts == null ? null : maxAttempts.intValue(),
                row.get("run_at", Instant.class),
                Columns.text(row, "payload"),
                row.get("headers", String.class),
                row.get("unique_key", String.class),
                worker == null ? null : new WorkerId(worker).toString(),
                row.get("result", String.class),
                failures(Columns.text(row, "failures")));
    }

    private static List<AttemptFailure> failures(String json) {
        List<AttemptFailure> failures = new ArrayList<>();
        for (JsonNode failure : JSON.<JsonNode>readValue(json)) {
            failures.add(failure(failure));
        }
        return failures;
    }

    /** One failure, as JSON. */
    static AttemptFailure failure(String json) {
        return failure(JSON.<JsonNode>readValue(json));
    }

    private static AttemptFailure failure(JsonNode failure) {
        String type = failure.path("type").asString();
        String message = textOrNull(failure.path("message"));
        JsonNode fingerprint = failure.path("fingerprint");
        return new AttemptFailure(
                failure.path("attempt").asInt(),
                OffsetDateTime.parse(failure.path("at").asString()).toInstant(),
                type,
                message,
                failure.has("trace") ? trace(type, message, textOrNull(failure.path("trace"))) : null,
                fingerprint.isNumber() ? Fingerprint.text(fingerprint.asLong()) : null,
                textOrNull(failure.path("version")));
    }

    private static String trace(String type, @Nullable String message, @Nullable String text) {
        return FailureTrace.whole(type, message, text == null ? TRACE_GONE : text);
    }

    private static @Nullable String textOrNull(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }

    static JobUpdate update(Readable row) {
        OffsetDateTime runAt = row.get("run_at", OffsetDateTime.class);
        Integer percent = row.get("percent", Integer.class);
        String failure = row.get("failure", String.class);
        return new JobUpdate(
                new JobId(Columns.number(row, "id")),
                JobState.valueOf(Columns.text(row, "state")),
                Columns.integer(row, "attempt"),
                runAt == null ? null : runAt.toInstant(),
                percent == null ? null : new JobProgress(percent, row.get("message", String.class)),
                failure == null ? null : failure(failure));
    }
}
