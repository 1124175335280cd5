package io.headrace.postgres;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/** A pooler in transaction mode with one connection to the server, which all clients share: each has it for a transaction. */
public final class SharingProxy implements Closeable {

    private static final int INT = 4;

    private final ServerSocket door;
    private final Socket server;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    /** What the server said when the first client had proved who it is: said to the others at once. */
    private byte[] welcome = {};

    /** A message: its sort, 0 for the first one of a client, and its whole text. */
    private static final class Message {
        private final char sort;
        private final byte[] bytes;

        private Message(char sort, byte[] bytes) {
            this.sort = sort;
            this.bytes = bytes;
        }

        static Message read(DataInputStream in, boolean withSort) throws IOException {
            char sort = withSort ? (char) in.readUnsignedByte() : 0;
            int length = in.readInt();
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            if (withSort) {
                whole.write(sort);
            }
            for (int shift = 24; shift >= 0; shift -= 8) {
                whole.write(length >>> shift);
            }
            whole.write(in.readNBytes(length - INT));
            return new Message(sort, whole.toByteArray());
        }

        /** Whether the server says that it is ready, and in no transaction. */
        boolean endsTransaction() {
            return sort == 'Z' && bytes[bytes.length - 1] == 'I';
        }
    }

    public SharingProxy(TestServer behind) throws IOException {
        this.server = new Socket(behind.host(), behind.port());
        // Messages are passed on one by one: each would wait 40 ms for the acknowledgment of the one before.
        server.setTcpNoDelay(true);
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            while (true) {
                Socket client = door.accept();
                client.setTcpNoDelay(true);
                clients.add(client);
                start(() -> serve(client));
            }
        });
    }

    public int port() {
        return door.getLocalPort();
    }

    private interface Loop {
        void run() throws IOException;
    }

    private static void start(Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // One end has closed.
                    }
                },
                "sharing-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            DataInputStream asked = new DataInputStream(client.getInputStream());
            OutputStream toClient = client.getOutputStream();
            Message startup = Message.read(asked, false);
            turn.lock();
            try {
                if (welcome.length == 0) {
                    welcome = firstWelcome(startup, asked, toClient);
                } else {
                    toClient.write(welcome);
                }
            } finally {
                turn.unlock();
            }
            for (Message message = Message.read(asked, true);
                    message.sort != 'X';
                    message = Message.read(asked, true)) {
                if (!turn.isHeldByCurrentThread()) {
                    turn.lock();
                }
                server.getOutputStream().write(message.bytes);
                if ((message.sort == 'Q' || message.sort == 'S') && answer(toClient)) {
                    turn.unlock();
                }
            }
        } finally {
            if (turn.isHeldByCurrentThread()) {
                turn.unlock();
            }
        }
    }

    /** Passes on the answer to what a client has asked; true if no transaction is open then. */
    private boolean answer(OutputStream toClient) throws IOException {
        DataInputStream answers = new DataInputStream(server.getInputStream());
        Message answer;
        do {
            answer = Message.read(answers, true);
            toClient.write(answer.bytes);
        } while (answer.sort != 'Z');
        return answer.endsTransaction();
    }

    /** The first client proves who it is to the server itself. */
    private byte[] firstWelcome(Message startup, DataInputStream asked, OutputStream toClient) throws IOException {
        DataInputStream answers = new DataInputStream(server.getInputStream());
        server.getOutputStream().write(startup.bytes);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        for (Message answer = Message.read(answers, true); ; answer = Message.read(answers, true)) {
            toClient.write(answer.bytes);
            boolean proven = answer.sort != 'R' || answer.bytes[8] == 0;
            if (proven) {
                said.write(answer.bytes);
            } else if (answer.bytes[8] != 12) {
                // A question about the password, but for the last word of SCRAM.
                server.getOutputStream().write(Message.read(asked, true).bytes);
            }
            if (answer.sort == 'Z') {
                return said.toByteArray();
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        server.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
