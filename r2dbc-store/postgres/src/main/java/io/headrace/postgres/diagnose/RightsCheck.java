package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import java.util.List;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Whether the role may do what an engine does. */
final class RightsCheck implements Check {

    private static final int FEW = 6;

    private final Queries queries;

    RightsCheck(Queries queries) {
        this.queries = queries;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return queries.rows("diagnose/rights", row -> Columns.text(row, "lacking"))
                .doOnNext(lacking -> judge(findings, lacking))
                .then();
    }

    private static void judge(Findings findings, List<String> lacking) {
        if (findings.have(VersionCheck.MISSING)) {
            return;
        }
        findings.reading(
                "RIGHTS", "rights of an engine", lacking.isEmpty() ? "all" : lacking.size() + " objects lack some");
        if (!lacking.isEmpty()) {
            boolean few = lacking.size() <= FEW;
            findings.error(
                    "RIGHTS_MISSING",
                    "The role lacks rights that an engine needs: "
                            + lacking.stream().limit(FEW).collect(Collectors.joining("; "))
                            + (few ? "" : "; and " + (lacking.size() - FEW) + " more"),
                    "Grant them as the owner of the schema"
                            + (few ? ", as in GRANT " + lacking.get(0) + " TO role" : "")
                            + ". docs/guide-operating.md lists all");
        }
    }
}
