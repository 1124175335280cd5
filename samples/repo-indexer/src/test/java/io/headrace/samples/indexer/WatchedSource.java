package io.headrace.samples.indexer;

import io.headrace.samples.indexer.address.GitAddress;
import io.headrace.samples.indexer.checkout.GitSource;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Primary;

/** The real source, whose clones are counted, and held while a test wants it so. */
@Primary
public class WatchedSource implements GitSource {

    private final GitSource real;
    private final AtomicInteger clones = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    WatchedSource(@Qualifier("JGitSource") GitSource real) {
        this.real = real;
    }

    @Override
    public String latest(GitAddress address) {
        return real.latest(address);
    }

    @Override
    public void checkOut(GitAddress address, String commit, Path into, Listener listener) {
        clones.incrementAndGet();
        listener.at(1, "at the gate");
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("given up", e);
        }
        real.checkOut(address, commit, into, listener);
    }

    public int clones() {
        return clones.get();
    }

    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void letGo() {
        gate.countDown();
    }
}
