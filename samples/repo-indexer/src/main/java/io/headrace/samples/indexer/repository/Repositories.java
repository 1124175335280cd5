package io.headrace.samples.indexer.repository;

import io.headrace.JobId;
import io.headrace.samples.indexer.address.GitAddress;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The rows. Each call joins the reactive transaction of its subscriber, if there is one. Thread-safe. */
@Component
public final class Repositories {

    private final DatabaseClient database;

    Repositories(DatabaseClient database) {
        this.database = database;
    }

    /** The repository; errors with an {@link UnknownRepositoryException} if there is none of that id. */
    public Mono<Repository> get(UUID id) {
        return database.sql("SELECT * FROM repository WHERE id = :id")
                .bind("id", id)
                .map(Repositories::read)
                .one()
                .switchIfEmpty(Mono.error(() -> new UnknownRepositoryException(id)));
    }

    /** The addresses of all repositories. */
    Flux<GitAddress> addresses() {
        return database.sql("SELECT url FROM repository ORDER BY id")
                .map(row -> new GitAddress(required(row, "url", String.class)))
                .all();
    }

    /** The id of the row of this address, which is added if it is not there; locked until the transaction ends. */
    Mono<UUID> save(GitAddress address) {
        return database.sql("INSERT INTO repository (id, url) VALUES (gen_random_uuid(), :url)"
                        + " ON CONFLICT (url) DO UPDATE SET url = excluded.url RETURNING id")
                .bind("url", address.url())
                .map(row -> required(row, "id", UUID.class))
                .one();
    }

    Mono<Void> setJob(UUID id, JobId job) {
        return database.sql("UPDATE repository SET job = :job WHERE id = :id AND job IS DISTINCT FROM :job")
                .bind("id", id)
                .bind("job", job.value())
                .then();
    }

    /** Records what was found. Done twice it is the same as done once, save the time. */
    public Mono<Void> setIndexed(UUID id, String commit, long files, long lines, long bytes) {
        return database.sql("UPDATE repository SET commit = :commit, files = :files, lines = :lines, bytes = :bytes,"
                        + " indexed_at = now() WHERE id = :id")
                .bind("id", id)
                .bind("commit", commit)
                .bind("files", files)
                .bind("lines", lines)
                .bind("bytes", bytes)
                .then();
    }

    private static Repository read(Readable row) {
        return new Repository(
                required(row, "id", UUID.class),
                new GitAddress(required(row, "url", String.class)),
                new JobId(required(row, "job", Long.class)),
                indexed(row));
    }

    private static @Nullable Indexed indexed(Readable row) {
        String commit = row.get("commit", String.class);
        if (commit == null) {
            return null;
        }
        Instant at = required(row, "indexed_at", OffsetDateTime.class).toInstant();
        return new Indexed(
                commit,
                required(row, "files", Long.class),
                required(row, "lines", Long.class),
                required(row, "bytes", Long.class),
                at);
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
