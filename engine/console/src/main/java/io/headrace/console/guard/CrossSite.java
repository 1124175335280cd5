package io.headrace.console.guard;

import io.headrace.console.problem.ProblemCode;
import io.headrace.console.problem.ProblemException;
import java.util.Set;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Refuses changes that a page of another site asks for with the credentials of its visitor. Such a page cannot set a header of
 * its own without a preflight, which is refused like the change itself, and browsers tell where a request comes from.
 */
final class CrossSite {

    private static final String HEADER = "X-Headrace";
    private static final String ORIGIN = "Sec-Fetch-Site";
    private static final Set<String> OWN = Set.of("same-origin", "none");

    /** Not OPTIONS: routes take a preflight for the request that it asks about, and would carry it out. */
    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private CrossSite() {}

    static void check(ServerRequest request) {
        if (READS.contains(request.method())) {
            return;
        }
        String origin = request.headers().firstHeader(ORIGIN);
        if (origin != null && !OWN.contains(origin)) {
            throw new ProblemException(
                    ProblemCode.CROSS_SITE, "A page of another site asked for this (" + ORIGIN + ": " + origin + ")");
        }
        if (request.headers().firstHeader(HEADER) == null) {
            throw new ProblemException(
                    ProblemCode.CROSS_SITE,
                    "Send the header '" + HEADER + ": 1' with every request that changes something");
        }
    }
}
