package io.headrace.benchmarks.contender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A contender's workers in a process of their own. It is told what to do by lines on its standard input, answers each by a
 * line, and ends when there are no more. In between it writes {@code <number> <nanos>} as its {@link ContenderReports} say.
 */
public final class ContenderProcess {

    /** The environment variable with the password. */
    static final String PASSWORD = "HEADRACE_BENCHMARKS_PASSWORD";

    /** Followed by the name of a database. */
    static final String OPEN = "open ";

    static final String START = "start";
    static final String STOP = "stop";
    static final String DONE = "done";
    static final String FAILED = "failed ";

    private static final Duration COUNT_EVERY = Duration.ofMillis(50);

    private final PrintStream out;
    private final ContenderSettings settings;
    private final String type;
    private final ContenderReports reports;
    private final LongAdder started = new LongAdder();

    private ContenderProcess(PrintStream out, String[] args) {
        this.out = out;
        this.type = args[0];
        this.reports = ContenderReports.valueOf(args[1]);
        this.settings = new ContenderSettings(
                args[2],
                Integer.parseInt(args[3]),
                "",
                args[4],
                Objects.requireNonNullElse(System.getenv(PASSWORD), ""),
                Integer.parseInt(args[5]),
                Integer.parseInt(args[6]));
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        System.setOut(System.err);
        ContenderProcess process = new ContenderProcess(out, args);
        if (process.reports == ContenderReports.COUNT) {
            process.count();
        }
        process.obey();
        Runtime.getRuntime().halt(0);
    }

    private void obey() throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Contender contender = fresh();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                if (line.startsWith(OPEN)) {
                    contender = fresh();
                    contender.join(settings.in(line.substring(OPEN.length())));
                } else if (line.equals(START)) {
                    contender.startLatency(this::report);
                } else if (line.equals(STOP)) {
                    contender.stopLatency();
                    contender.close();
                }
                out.println(DONE);
            } catch (Exception e) {
                out.println(FAILED + e.toString().lines().findFirst().orElse(""));
            }
        }
    }

    private Contender fresh() {
        try {
            return Class.forName(type)
                    .asSubclass(Contender.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no contender: " + type, e);
        }
    }

    private void report(long sequence) {
        if (reports == ContenderReports.EACH) {
            out.println(sequence + " " + System.nanoTime());
        } else if (reports == ContenderReports.COUNT) {
            started.increment();
        }
    }

    private void count() {
        Thread counter = new Thread(
                () -> {
                    while (true) {
                        LockSupport.parkNanos(COUNT_EVERY.toNanos());
                        out.println(started.sum() + " " + System.nanoTime());
                    }
                },
                "count");
        counter.setDaemon(true);
        counter.start();
    }
}
