package pages;

import io.headrace.JobOperator;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.spi.JobStore;
import java.util.Set;
import reactor.core.publisher.Flux;

/** The program of docs/rights.md. */
final class Rights {

    private final JobOperator operator;

    Rights(JobStore store) {
        operator = JobOperator.create(store);
    }

    JobOperator deskOf(String user, boolean onCall) {
        Set<Right> rights = onCall ? Set.of(Right.VIEW, Right.RETRY, Right.PAUSE) : Set.of(Right.VIEW);
        return operator.as(new Actor(user, rights));
    }

    Flux<String> lastDecisions() {
        return operator.decisions(null, 20)
                .map(decision -> decision.actor() + ": " + decision.action() + " " + decision.subject() + ", "
                        + decision.answer());
    }
}
