package io.headrace.postgres.connection;

import io.headrace.spi.PoolUse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A fixed number of places for connections, which are made when they are needed and closed after some time without. A place
 * is a count under a lock, taken before a connection is made and given back when its use has ended, in whatever way; nothing
 * foreign is called with the lock held. Thread-safe; a body runs on its connection's event loop, an answer is signalled
 * there or on the timer's thread.
 */
final class Pool {

    private static final Logger log = LoggerFactory.getLogger(Pool.class);

    private static final Duration ACQUIRE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final String name;
    private final String settings;
    private final int size;
    private final Duration idleFor;
    private final Sessions sessions;
    private final boolean silenceCounts;

    private final Object lock = new Object();
    /** The one that was used last is used next, so that the others grow old. */
    private final Deque<Session> idle;

    private final Deque<Use<?>> waiting = new ArrayDeque<>();
    private final BusyUses busy;
    /** Connections in use, idle, being made and being closed. */
    private int places;

    private boolean closed;
    private @Nullable Disposable looks;

    /** @param silenceCounts whether a use that gets no answer in time means that the server is gone */
    Pool(String name, String settings, int size, Duration idleFor, Sessions sessions, boolean silenceCounts) {
        this.name = name;
        this.settings = settings;
        this.size = size;
        this.idleFor = idleFor;
        this.sessions = sessions;
        this.silenceCounts = silenceCounts;
        this.idle = new ArrayDeque<>(size);
        this.busy = new BusyUses(size);
    }

    /**
     * Runs a body on a connection. One that has not ended at its limit has its connection closed, since the other end may be
     * gone without a word; whether it took effect is then unknown.
     */
    <T> Mono<T> use(Duration limit, Function<SqlChannel, Mono<T>> body) {
        return Unhurried.mono(
                () -> {
                    Use<T> use = new Use<>(this, limit, body);
                    ask(use);
                    return use.answer();
                },
                () -> {});
    }

    private void ask(Use<?> use) {
        Session found = null;
        boolean mayConnect = false;
        boolean refused;
        List<Session> old = new ArrayList<>();
        synchronized (lock) {
            refused = closed;
            if (!closed) {
                found = takeIdle(old);
                mayConnect = found == null && places < size;
                if (found != null) {
                    busy.add(use);
                } else if (mayConnect) {
                    places++;
                    lookNowAndThen();
                } else {
                    waiting.addLast(use);
                    use.waits(ACQUIRE_TIMEOUT);
                }
            }
        }
        old.forEach(session -> session.close().subscribe());
        if (found != null) {
            use.take(found);
        } else if (mayConnect) {
            connect(use);
        } else if (refused) {
            use.refuse(closed());
        }
    }

    /** The use has waited for too long. */
    void giveUp(Use<?> use) {
        boolean waited;
        synchronized (lock) {
            waited = waiting.remove(use);
        }
        if (waited) {
            use.refuse(new NoFreeConnectionException(name, size, ACQUIRE_TIMEOUT));
        }
    }

    private void connect(Use<?> use) {
        try {
            sessions.connect(settings)
                    // Not within the call that gave the place: if connecting fails at once, that would be a recursion.
                    .subscribeOn(sessions.timers())
                    .subscribe(session -> connected(use, session), error -> refuse(use, error));
        } catch (Throwable e) {
            refuse(use, e);
        }
    }

    private void connected(Use<?> use, Session session) {
        synchronized (lock) {
            busy.add(use);
        }
        use.take(session);
    }

    private void refuse(Use<?> use, Throwable error) {
        free(use, null);
        use.refuse(error);
    }

    /** A use has ended, and is answered when its place is free. */
    void giveBack(Use<?> use, Session session, @Nullable Throwable error, Runnable answer) {
        boolean spared = false;
        try {
            if (error != null && endsEpoch(error) && sessions.epoch().end(session.epoch())) {
                log.warn(
                        "The server is read-only, shutting down or silent; replacing all connections: {}",
                        error.getMessage());
            }
            spared = SqlErrors.sparesConnection(error) && session.isAtRest() && sessions.isCurrent(session);
            if (!spared) {
                session.close()
                        .doFinally(signal -> {
                            free(use, null);
                            answer.run();
                        })
                        .subscribe();
            }
        } catch (Throwable e) {
            free(use, null);
            answer.run();
        }
        if (spared) {
            free(use, session);
            answer.run();
        }
    }

    private boolean endsEpoch(Throwable error) {
        return SqlErrors.meansAnotherServer(error) || (silenceCounts && error instanceof TimeoutException);
    }

    /** A place is free, with a connection in it or without. */
    private void free(Use<?> use, @Nullable Session session) {
        if (!use.leaves()) {
            return;
        }
        Use<?> next;
        boolean surplus = false;
        synchronized (lock) {
            busy.remove(use);
            next = waiting.pollFirst();
            if (next != null && session != null) {
                busy.add(next);
            } else if (next == null && session != null && !closed) {
                session.idleSince(System.nanoTime());
                idle.addLast(session);
            } else if (next == null) {
                places--;
                surplus = true;
            }
        }
        if (next != null && session != null) {
            next.take(session);
        } else if (next != null) {
            connect(next);
        } else if (surplus && session != null) {
            session.close().subscribe();
        }
    }

    /** Where the timers of its uses run. */
    Scheduler timers() {
        return sessions.timers();
    }

    /** Under the lock: the session that was used last; those that nobody is to be given go to the list, their places are free. */
    private @Nullable Session takeIdle(List<Session> old) {
        for (Session last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (sessions.isCurrent(last) && last.isConnected()) {
                return last;
            }
            places--;
            old.add(last);
        }
        return null;
    }

    private void lookNowAndThen() {
        if (looks == null) {
            looks = sessions.timers()
                    .schedulePeriodically(this::look, LOOK_EVERY.toNanos(), LOOK_EVERY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Closes what is idle for too long or leads nowhere, and ends uses whose connection is gone. */
    private void look() {
        List<Session> old = new ArrayList<>();
        List<Use<?>> used;
        synchronized (lock) {
            long now = System.nanoTime();
            for (Iterator<Session> all = idle.iterator(); all.hasNext(); ) {
                Session session = all.next();
                if (now - session.idleSince() > idleFor.toNanos()
                        || !sessions.isCurrent(session)
                        || !session.isConnected()) {
                    all.remove();
                    places--;
                    old.add(session);
                }
            }
            used = busy.list();
            if (places == 0 && looks != null) {
                looks.dispose();
                looks = null;
            }
        }
        old.forEach(session -> session.close().subscribe());
        used.forEach(Use::look);
    }

    int size() {
        return size;
    }

    PoolUse now() {
        synchronized (lock) {
            return new PoolUse(name, places - idle.size(), idle.size(), waiting.size(), size);
        }
    }

    /** Closes what is idle; what is in use is closed when its use has ended. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            List<Use<?>> refused;
            List<Session> open;
            synchronized (lock) {
                closed = true;
                refused = List.copyOf(waiting);
                waiting.clear();
                open = List.copyOf(idle);
                places -= idle.size();
                idle.clear();
            }
            refused.forEach(use -> use.refuse(closed()));
            return Flux.fromIterable(open).flatMap(Session::close).then();
        });
    }

    private static IllegalStateException closed() {
        return new IllegalStateException("The store is closed");
    }
}
