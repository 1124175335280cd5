package io.headrace.postgres.claim;

import io.headrace.spi.ClaimRequest;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.Map;

/** The kinds that workers handle and on which terms, as statements take them: kinds, attempts at most, deadlines. */
public final class KindTerms {

    /** How many parameters they are. */
    public static final int PARAMETERS = 3;

    private final Integer[] requests;
    private final String[] names;
    private final Integer[] maxAttempts;
    private final Long[] deadlines;

    private KindTerms(int kinds) {
        this.requests = new Integer[kinds];
        this.names = new String[kinds];
        this.maxAttempts = new Integer[kinds];
        this.deadlines = new Long[kinds];
    }

    /** Those of all requests, one after the other. */
    static KindTerms of(List<ClaimRequest> requests) {
        KindTerms terms = new KindTerms(
                requests.stream().mapToInt(request -> request.kinds().size()).sum());
        int i = 0;
        for (int nr = 1; nr <= requests.size(); nr++) {
            for (Map.Entry<String, ClaimRequest.Terms> kind :
                    requests.get(nr - 1).kinds().entrySet()) {
                terms.requests[i] = nr;
                terms.names[i] = kind.getKey();
                terms.maxAttempts[i] = kind.getValue().maxAttempts();
                terms.deadlines[i] = kind.getValue().deadline().toMillis();
                i++;
            }
        }
        return terms;
    }

    /**
     * Binds those of a request.
     *
     * @param first where the kinds are, by position from 0; the attempts and the deadlines follow
     */
    public static Statement bind(Statement statement, int first, ClaimRequest request) {
        return of(List.of(request)).bind(statement, first);
    }

    Statement bind(Statement statement, int first) {
        return statement.bind(first, names).bind(first + 1, maxAttempts).bind(first + 2, deadlines);
    }

    /** For each kind, the number of its request from 1. */
    Integer[] requests() {
        return requests;
    }
}
