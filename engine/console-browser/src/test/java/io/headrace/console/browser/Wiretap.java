package io.headrace.console.browser;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A proxy before PostgreSQL that counts the statements on their way: what the server is asked, whoever asks. What begins and
 * ends a transaction is not counted.
 */
final class Wiretap implements AutoCloseable {

    private static final char QUERY = 'Q';
    private static final char EXECUTE = 'E';
    private static final int LENGTH_BYTES = 4;

    private final String host;
    private final int port;
    private final ServerSocket door;
    private final AtomicLong statements = new AtomicLong();
    private volatile long lastNanos = System.nanoTime();

    Wiretap(String host, int port) {
        this.host = host;
        this.port = port;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many statements have passed. */
    long statements() {
        return statements.get();
    }

    /** How many seconds ago the last one did. */
    long secondsOfSilence() {
        return (System.nanoTime() - lastNanos) / 1_000_000_000;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket server = new Socket(host, port);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            start(() -> listen(client, server));
            start(() -> {
                try (server;
                        client) {
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
        }
    }

    /** The first message has no type, each other one has: see the protocol's message formats. */
    private void listen(Socket client, Socket server) throws IOException {
        try (server;
                client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(server.getOutputStream()));
            pass(in, out);
            while (true) {
                int type = in.readByte();
                out.writeByte(type);
                String text = pass(in, out);
                if (type == EXECUTE || (type == QUERY && !text.matches("(?s)(BEGIN|COMMIT|ROLLBACK).*"))) {
                    statements.incrementAndGet();
                    lastNanos = System.nanoTime();
                }
            }
        }
    }

    private static String pass(DataInputStream in, DataOutputStream out) throws IOException {
        int length = in.readInt();
        byte[] rest = new byte[length - LENGTH_BYTES];
        in.readFully(rest);
        out.writeInt(length);
        out.write(rest);
        out.flush();
        return new String(rest, StandardCharsets.UTF_8);
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // A side has hung up, and so do we.
                    }
                },
                "wiretap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work {
        void run() throws IOException;
    }
}
