package io.headrace.benchmarks.requests;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.JobType;
import io.headrace.spring.HandlesJob;
import java.io.IOException;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The service under load, in a JVM of its own: the endpoints, and the engine whose handler does nothing. As Spring Boot and the
 * starter make it, with no setting but where the database is.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class RequestsApp {

    /** Followed by the port, on standard output, when it answers. */
    static final String READY = "ready at ";

    private static final JobType<String> TYPE = JobType.of("row", String.class);

    private RequestsApp() {}

    /** Ends with its standard input. */
    public static void main(String[] args) throws IOException {
        var context = SpringApplication.run(new Class<?>[] {RequestsApp.class, Rows.class, Handler.class}, args);
        System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
        while (System.in.read() >= 0) {
            // nothing is said to it
        }
        System.exit(SpringApplication.exit(context));
    }

    /** Has nothing to do. */
    static final class Handler {
        @HandlesJob("row")
        Mono<Void> handle(String text) {
            return Mono.empty();
        }
    }

    /** The three that are compared, and the reckoning. */
    @RestController
    static final class Rows {

        private final DatabaseClient database;
        private final TransactionalOperator transaction;
        private final JobClient client;
        private final JobOperator operator;

        Rows(DatabaseClient database, TransactionalOperator transaction, JobClient client, JobOperator operator) {
            this.database = database;
            this.transaction = transaction;
            this.client = client;
            this.operator = operator;
        }

        private Mono<Void> insert(String text) {
            return database.sql("INSERT INTO request_row (text) VALUES (:text)")
                    .bind("text", text)
                    .then();
        }

        @PostMapping("/rows")
        Mono<Void> row(@RequestBody String text) {
            return insert(text);
        }

        @PostMapping("/rows-in-transaction")
        Mono<Void> rowInTransaction(@RequestBody String text) {
            return transaction.transactional(insert(text));
        }

        @PostMapping("/rows-with-job")
        Mono<Void> rowWithJob(@RequestBody String text) {
            return transaction.transactional(
                    insert(text).then(client.enqueue(TYPE.job(text)).then()));
        }

        /** How many jobs have completed, or what the audit found. */
        @GetMapping("/audit")
        Mono<String> audit() {
            return operator.audit().map(audit -> audit.isOk() ? Long.toString(audit.completed()) : audit.toString());
        }
    }
}
