package io.headrace.samples.indexer.repository;

import java.util.UUID;

/** There is no repository of that id. */
public final class UnknownRepositoryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownRepositoryException(UUID id) {
        super("There is no repository " + id + ". POST its URL to /repos to add it.");
    }
}
