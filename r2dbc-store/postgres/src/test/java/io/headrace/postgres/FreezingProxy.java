package io.headrace.postgres;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stands between clients and a server, and at a word swallows what the open connections send, cuts them, leads new ones
 * elsewhere, accepts and says nothing, or cuts the server off altogether.
 */
public final class FreezingProxy implements Closeable {

    private final ServerSocket door;
    private volatile String host;
    private volatile int port;
    private volatile boolean silent;
    private final List<Link> links = new CopyOnWriteArrayList<>();
    private final List<Socket> unanswered = new CopyOnWriteArrayList<>();
    private volatile boolean isCutOff;

    public FreezingProxy(String host, int port) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        run("accept", this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on the connections there are lead nowhere; those made later are sound. */
    public void freeze() {
        links.forEach(link -> link.frozen.set(true));
    }

    /** Closes the connections there are. */
    public void cut() {
        for (Link link : links) {
            try {
                link.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Leads connections made from now on to another server; those there are stay where they are. */
    public void leadTo(String otherHost, int otherPort) {
        host = otherHost;
        port = otherPort;
    }

    /** Whether connections made from now on are accepted and never answered. */
    public void silent(boolean value) {
        silent = value;
    }

    /** How many were accepted and not answered. */
    public int unanswered() {
        return unanswered.size();
    }

    /** Those that were not answered are led to the server after all. */
    public void answerAll() throws IOException {
        for (Socket client : unanswered) {
            links.add(new Link(client, new Socket(host, port)));
        }
        unanswered.clear();
    }

    /** How many connections lead to the server now. */
    public long open() {
        return links.stream().filter(link -> !link.client.isClosed()).count();
    }

    /** How many connections there have been. */
    public int connections() {
        return links.size();
    }

    /** Closes every connection, and those made later as soon as they are made, until {@link #reconnect}. */
    public void cutOff() throws IOException {
        isCutOff = true;
        for (Link link : links) {
            link.close();
        }
    }

    public void reconnect() {
        isCutOff = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            if (silent) {
                unanswered.add(client);
                continue;
            }
            if (isCutOff) {
                client.close();
                continue;
            }
            Link link = new Link(client, new Socket(host, port));
            links.add(link);
            if (isCutOff) {
                link.close();
            }
        }
    }

    private static void run(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // One end has closed; the other follows.
                    }
                },
                "proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : unanswered) {
            socket.close();
        }
        for (Link link : links) {
            link.close();
        }
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static final class Link {
        private final Socket client;
        private final Socket server;
        private final AtomicBoolean frozen = new AtomicBoolean();

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            FreezingProxy.run("there", () -> pump(client, server));
            FreezingProxy.run("back", () -> pump(server, client));
        }

        private void pump(Socket from, Socket to) throws IOException {
            byte[] buffer = new byte[8_192];
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!frozen.get()) {
                    out.write(buffer, 0, read);
                }
            }
            if (!frozen.get()) {
                close();
            }
        }

        void close() throws IOException {
            client.close();
            server.close();
        }
    }
}
