package letters;

import io.headrace.JobQueue;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import reactor.core.publisher.Mono;

@Component
class Members {

    private final DatabaseClient database;
    private final JobQueue queue;

    Members(DatabaseClient database, JobQueue queue) {
        this.database = database;
        this.queue = queue;
    }

    @Transactional
    public Mono<Void> join(String name) {
        return queue.enqueue(Letter.SEND.job(new Letter(name, "welcome")))
                .then(database.sql("INSERT INTO member (name) VALUES (:name)")
                        .bind("name", name)
                        .then());
    }
}
