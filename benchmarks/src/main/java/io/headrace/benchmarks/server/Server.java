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

    /** How its superuser, or whoever the address names, reaches it: the primary, as long as nobody promotes another. */
    ConnectionFactoryOptions options();

    /**
     * The same for whoever must find the primary even after a failover: with every host there may be, if there may be more
     * than one.
     */
    ConnectionFactoryOptions failoverOptions();

    /** Whether this process may stop and start it. */
    boolean isOurs();

    /** Stops the primary; returns when it is down. In mode {@code fast} or {@code immediate}, as of {@code pg_ctl}. */
    void stop(String mode);

    /** Starts the primary again; returns when it takes connections. */
    void start();

    /**
     * Copies the primary, and starts the copy as its standby, in the place of a former primary if there was one. Returns
     * when each commit waits for it.
     */
    void addStandby();

    /** How the superuser reaches the standby, to read. */
    ConnectionFactoryOptions standbyOptions();

    /**
     * Makes the standby the primary, since the other is down.
     *
     * @return the moment of its first answer that it takes writes, by its own clock
     */
    String promote();

    /** Stops the standby, if there is one; no commit waits for it any more. */
    void removeStandby();

    @Override
    void close();
}
