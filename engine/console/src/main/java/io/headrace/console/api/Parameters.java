package io.headrace.console.api;

import io.headrace.JobId;
import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Reads the parameters of requests, and says which is wrong. */
final class Parameters {

    private Parameters() {}

    /** The id of the job in the path. */
    static JobId id(ServerRequest request) {
        try {
            return JobId.parse(request.pathVariable("id"));
        } catch (IllegalArgumentException e) {
            throw invalid("id", e.getMessage(), e);
        }
    }

    /** A number, if it is within bounds. */
    static int number(ServerRequest request, String name, int ifAbsent, int least, int most) {
        String text = text(request, name);
        if (text == null) {
            return ifAbsent;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
            throw invalid(name, number + " is outside " + least + " to " + most, null);
        } catch (NumberFormatException e) {
            throw invalid(name, "'" + text + "' is not a whole number", e);
        }
    }

    /** A number without bounds; {@code null} if it is absent. */
    static @Nullable Long number(ServerRequest request, String name) {
        String text = text(request, name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw invalid(name, "'" + text + "' is not a whole number", e);
        }
    }

    /** A time, such as {@code 2026-11-28T09:00:00Z}. */
    static @Nullable Instant instant(ServerRequest request, String name) {
        String text = text(request, name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw invalid(name, "'" + text + "' is not a time such as 2026-11-28T09:00:00Z", e);
        }
    }

    /** A text; {@code null} if it is absent or empty. */
    static @Nullable String text(ServerRequest request, String name) {
        return request.queryParam(name).filter(text -> !text.isEmpty()).orElse(null);
    }

    static ProblemException invalid(String name, @Nullable String reason, @Nullable Throwable cause) {
        return new ProblemException(ProblemCode.INVALID_PARAMETER, name + ": " + reason, cause);
    }
}
