package pages;

import io.headrace.JobOperator;
import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import io.headrace.postgres.PostgresDoctor;
import io.headrace.spi.JobStore;
import io.r2dbc.spi.ConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The code of docs/doctor.md. */
final class Diagnosing {

    private final JobOperator operator;

    Diagnosing(JobStore store) {
        operator = JobOperator.create(store);
    }

    Flux<String> problems() {
        return operator.diagnose()
                .flatMapIterable(Diagnosis::problems)
                .map(problem -> problem.what() + ". " + problem.remedy() + ".");
    }

    static Mono<Boolean> mayDeploy(ConnectionFactory database, String schema) {
        return PostgresDoctor.of(database)
                .schema(schema)
                .diagnose()
                .map(diagnosis -> diagnosis.problems().stream()
                        .map(Problem::code)
                        .noneMatch(code -> code.startsWith("SCHEMA_") || code.equals("RIGHTS_MISSING")));
    }
}
