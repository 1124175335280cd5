package io.headrace.postgres.claim;

import io.headrace.spi.ClaimRequest;
import io.r2dbc.spi.Statement;
import java.util.Map;

/** The kinds that a worker handles and on which terms, as statements take them: kinds, attempts at most, deadlines. */
public final class KindTerms {

    /** How many parameters they are. */
    public static final int PARAMETERS = 3;

    private KindTerms() {}

    /**
     * Binds them.
     *
     * @param first where the kinds are, by position from 0; the attempts and the deadlines follow
     */
    public static Statement bind(Statement statement, int first, ClaimRequest request) {
        int kinds = request.kinds().size();
        String[] names = new String[kinds];
        Integer[] maxAttempts = new Integer[kinds];
        Long[] deadlines = new Long[kinds];
        int i = 0;
        for (Map.Entry<String, ClaimRequest.Terms> kind : request.kinds().entrySet()) {
            names[i] = kind.getKey();
            maxAttempts[i] = kind.getValue().maxAttempts();
            deadlines[i] = kind.getValue().deadline().toMillis();
            i++;
        }
        return statement.bind(first, names).bind(first + 1, maxAttempts).bind(first + 2, deadlines);
    }
}
