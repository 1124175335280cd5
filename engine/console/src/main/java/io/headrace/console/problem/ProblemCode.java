package io.headrace.console.problem;

import java.util.Locale;
import org.springframework.http.HttpStatus;

/** What can go wrong with a request. Clients tell problems apart by the name; the title is for people. */
public enum ProblemCode {
    /** A parameter is missing or has an invalid value. */
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "Invalid parameter"),
    /** The body is not the JSON that the operation takes. */
    INVALID_BODY(HttpStatus.BAD_REQUEST, "Invalid body"),
    /** The body is longer than the operation takes. */
    BODY_TOO_LONG(HttpStatus.CONTENT_TOO_LARGE, "Body too long"),
    /** It is not known who asks, and they can say so. */
    UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "Not authenticated"),
    /** The policy gives no access to whoever asks. */
    REFUSED(HttpStatus.FORBIDDEN, "Access refused"),
    /** The actor lacks the right that the operation needs. */
    NOT_PERMITTED(HttpStatus.FORBIDDEN, "Not permitted"),
    /** A change was asked for by a page of another site, or without the header that shows that it was not. */
    CROSS_SITE(HttpStatus.FORBIDDEN, "Cross-site request refused"),
    /** The API has no such operation. */
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Unknown path"),
    /** There is no such job. */
    UNKNOWN_JOB(HttpStatus.NOT_FOUND, "Unknown job"),
    /** There is no such bulk operation. */
    UNKNOWN_OPERATION(HttpStatus.NOT_FOUND, "Unknown operation"),
    /** There is no such schedule. */
    UNKNOWN_SCHEDULE(HttpStatus.NOT_FOUND, "Unknown schedule"),
    /** The state of the job or schedule does not allow the operation. */
    CONFLICT(HttpStatus.CONFLICT, "Conflict"),
    /** The store did not answer in time. */
    TIMEOUT(HttpStatus.GATEWAY_TIMEOUT, "The store is too slow"),
    /** The store cannot be reached; the same request may succeed later. */
    STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The store is unavailable"),
    /** The store rejected the call. */
    STORE_FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "The store failed"),
    /** Anything else; the log of the process says what. */
    FAILED(HttpStatus.INTERNAL_SERVER_ERROR, "Internal error");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    HttpStatus status() {
        return status;
    }

    /** Makes a problem of this code. */
    Problem problem(String detail) {
        String name = name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new Problem("urn:headrace:problem:" + name, title, status.value(), detail, name());
    }
}
