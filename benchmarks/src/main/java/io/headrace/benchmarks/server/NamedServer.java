package io.headrace.benchmarks.server;

import io.r2dbc.spi.ConnectionFactoryOptions;

/** A server that somebody else runs, and that is not ours to stop. */
record NamedServer(ConnectionFactoryOptions options) implements Server {

    NamedServer(String url) {
        this(ConnectionFactoryOptions.parse(url));
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void stop(String mode) {
        throw new UnsupportedOperationException("not ours to stop");
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException("not ours to start");
    }

    @Override
    public void close() {}
}
