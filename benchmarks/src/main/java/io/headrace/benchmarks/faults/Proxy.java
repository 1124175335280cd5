package io.headrace.benchmarks.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a worker and the server, and does what networks do. Thread-safe. */
public final class Proxy implements AutoCloseable {

    private final ServerSocket accepting;
    private final Queue<ProxiedConnection> connections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger listening = new AtomicInteger();
    private volatile InetSocketAddress target;
    private volatile boolean swallowing;
    private volatile Duration delay = Duration.ZERO;

    /** In front of a server; on a port of its own choice. */
    Proxy(InetSocketAddress target) {
        this.target = target;
        try {
            this.accepting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void start() {
        daemon(this::accept, "proxy");
    }

    int port() {
        return accepting.getLocalPort();
    }

    /** How many connections have begun to listen for wake-ups so far. */
    public int listening() {
        return listening.get();
    }

    /** New connections lead there from now on; those that are open stay where they are, as with an address that moves. */
    public void lead(InetSocketAddress to) {
        target = to;
    }

    /** Ends all connections; new ones are taken. */
    public void cut() {
        connections.forEach(ProxiedConnection::close);
        connections.clear();
    }

    /** Keeps back each piece of data for so long; zero for not at all. */
    public void delay(Duration time) {
        delay = time;
    }

    /**
     * From now on nothing comes through any more, on the connections there are and, until {@link #heal()}, on new ones;
     * neither side is told.
     */
    public void swallow() {
        swallowing = true;
        connections.forEach(ProxiedConnection::swallow);
    }

    /** Ends all connections; new ones are accepted, and nothing ever comes through them, until {@link #heal()}. */
    public void silence() {
        swallowing = true;
        cut();
    }

    /** The same as {@link #swallow()} for the connection alone that listens for wake-ups; others work on. */
    public void swallowListening() {
        connections.stream().filter(ProxiedConnection::listens).forEach(ProxiedConnection::swallow);
    }

    /** New connections work again. Those that were swallowed stay so for ever: nobody tells their ends. */
    public void heal() {
        swallowing = false;
        delay = Duration.ZERO;
    }

    private void accept() {
        while (!accepting.isClosed()) {
            try {
                open(accepting.accept());
            } catch (IOException e) {
                // the server is away, or this is closed
            }
        }
    }

    private void open(Socket client) throws IOException {
        Socket server = new Socket();
        try {
            server.connect(target);
        } catch (IOException e) {
            client.close();
            throw e;
        }
        ProxiedConnection connection = new ProxiedConnection(client, server, () -> delay, listening);
        if (swallowing) {
            connection.swallow();
        }
        connections.add(connection);
        daemon(connection::toServer, "proxy-to-server");
        daemon(connection::toClient, "proxy-to-client");
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            accepting.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
