package io.headrace.benchmarks.faults;

import io.headrace.benchmarks.run.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One connection through the {@link Proxy}: two loops, each on a thread of its own. */
final class ProxiedConnection {

    private static final int CHUNK = 16_384;

    private final Socket client;
    private final Socket server;
    private final Supplier<Duration> delay;
    private final AtomicInteger listening;
    private volatile boolean swallowed;
    private volatile boolean listens;

    /** @param listening counts the connections on which LISTEN was seen to pass */
    ProxiedConnection(Socket client, Socket server, Supplier<Duration> delay, AtomicInteger listening) {
        this.client = client;
        this.server = server;
        this.delay = delay;
        this.listening = listening;
    }

    boolean listens() {
        return listens;
    }

    void swallow() {
        swallowed = true;
    }

    void toServer() {
        pump(client, server, true);
    }

    void toClient() {
        pump(server, client, false);
    }

    private void pump(Socket from, Socket to, boolean looks) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (!delay.get().isZero()) {
                    Waiting.pass(delay.get());
                }
                if (swallowed) {
                    continue;
                }
                if (looks) {
                    look(chunk, n);
                }
                out.write(chunk, 0, n);
                out.flush();
            }
        } catch (IOException e) {
            // one of the two has gone, or the proxy has cut it
        } finally {
            // A swallowed end says nothing to the other, as a cable that was pulled says nothing.
            if (!swallowed) {
                close();
            }
        }
    }

    private void look(byte[] chunk, int length) {
        if (!listens && new String(chunk, 0, length, StandardCharsets.ISO_8859_1).contains("LISTEN ")) {
            listens = true;
            listening.incrementAndGet();
        }
    }

    void close() {
        try (client;
                server) {
            swallowed = true;
        } catch (IOException e) {
            // it is gone, which is what was wanted
        }
    }
}
