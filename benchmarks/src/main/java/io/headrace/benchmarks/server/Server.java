package io.headrace.benchmarks.server;

import io.headrace.benchmarks.UsageException;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.IOException;
import java.util.Optional;

/** A PostgreSQL to run against. */
public interface Server extends AutoCloseable {

    /**
     * Starts one here, or takes the one at the address.
     *
     * @param url of a server of one's own
     * @throws UsageException if the address cannot be
     * @throws IOException if none can be started
     */
    static Server open(Optional<String> url) throws UsageException, IOException {
        return url.isPresent() ? NamedServer.at(url.get()) : EmbeddedServer.install();
    }

    /** How its superuser, or whoever the address names, reaches it. */
    ConnectionFactoryOptions options();

    /** Whether this process may stop and start it. */
    boolean isOurs();

    /** Stops it; returns when it is down. In mode {@code fast} or {@code immediate}, as of {@code pg_ctl}. */
    void stop(String mode);

    /** Starts it again; returns when it takes connections. */
    void start();

    @Override
    void close();
}
