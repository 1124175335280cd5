package letters;

import io.headrace.JobClient;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;

@Component
class Members {

    private final DatabaseClient database;
    private final JobClient client;

    Members(DatabaseClient database, JobClient client) {
        this.database = database;
        this.client = client;
    }

    @Transactional
    public Mono<Void> join(String name) {
        return client.enqueue(Letter.SEND.job(new Letter(name, "welcome")))
                .then(database.sql("INSERT INTO member (name) VALUES (:name)")
                        .bind("name", name)
                        .then());
    }
}
