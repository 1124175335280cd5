package io.headrace.benchmarks.server;

import io.headrace.benchmarks.UsageException;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import java.util.List;

/** A server that somebody else runs, and that is not ours to stop. */
record NamedServer(ConnectionFactoryOptions options) implements Server {

    private static final List<Option<?>> REQUIRED =
            List.of(ConnectionFactoryOptions.HOST, ConnectionFactoryOptions.USER, ConnectionFactoryOptions.DATABASE);

    /** The address may hold a password, so it is not repeated. */
    static NamedServer at(String url) throws UsageException {
        try {
            ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(url);
            if ("postgresql".equals(options.getValue(ConnectionFactoryOptions.DRIVER))
                    && REQUIRED.stream().allMatch(options::hasOption)) {
                return new NamedServer(options);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new UsageException("--url must be like r2dbc:postgresql://user:password@host:port/database");
    }

    @Override
    public ConnectionFactoryOptions failoverOptions() {
        return options;
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
    public void addStandby() {
        throw new UnsupportedOperationException("not ours to copy");
    }

    @Override
    public ConnectionFactoryOptions standbyOptions() {
        throw new UnsupportedOperationException("not ours to copy");
    }

    @Override
    public String promote() {
        throw new UnsupportedOperationException("not ours to promote");
    }

    @Override
    public void removeStandby() {
        throw new UnsupportedOperationException("not ours to stop");
    }

    @Override
    public void close() {}
}
