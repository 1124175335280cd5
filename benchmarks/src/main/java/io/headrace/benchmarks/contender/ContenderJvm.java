package io.headrace.benchmarks.contender;

import io.headrace.benchmarks.run.JavaCommand;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A {@link ContenderProcess}, seen from outside. It ends with this process at the latest, since it reads from it. Told what
 * to do by one thread at a time.
 */
public final class ContenderJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final long startedNanos = System.nanoTime();
    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Started started;

    /** Hears of handlers that start, on a thread of its own. */
    public interface Started {
        /**
         * A handler has started, or so many have.
         *
         * @param number of the job, or how many handlers
         * @param nanos of {@link System#nanoTime()} in that process
         */
        void at(long number, long nanos);
    }

    private ContenderJvm(Process process, Started started) {
        this.process = process;
        this.started = started;
        this.commands = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
        Thread reader = new Thread(this::read, "contender-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** One that only works. */
    public static ContenderJvm start(Class<? extends Contender> contender, ContenderSettings settings)
            throws IOException {
        return start(contender, settings, ContenderReports.NONE, List.of(), (number, nanos) -> {});
    }

    /** One that says when handlers start. */
    public static ContenderJvm start(Class<? extends Contender> contender, ContenderSettings settings, Started started)
            throws IOException {
        return start(contender, settings, ContenderReports.EACH, List.of(), started);
    }

    /**
     * One that says how many handlers have started, several times a second.
     *
     * @param flags for its JVM
     */
    public static ContenderJvm startCounting(
            Class<? extends Contender> contender, ContenderSettings settings, List<String> flags, Started counted)
            throws IOException {
        return start(contender, settings, ContenderReports.COUNT, flags, counted);
    }

    private static ContenderJvm start(
            Class<? extends Contender> contender,
            ContenderSettings settings,
            ContenderReports reports,
            List<String> flags,
            Started started)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        flags,
                        ContenderProcess.class,
                        List.of(
                                contender.getName(),
                                reports.name(),
                                settings.host(),
                                Integer.toString(settings.port()),
                                settings.user(),
                                Integer.toString(settings.payloadBytes()),
                                Integer.toString(settings.concurrency()))))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(ContenderProcess.PASSWORD, settings.password());
        return new ContenderJvm(builder.start(), started);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                if (Character.isDigit(line.charAt(0))) {
                    started.at(Long.parseLong(line.substring(0, space)), Long.parseLong(line.substring(space + 1)));
                } else {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            // it has ended
        }
        answers.add(ContenderProcess.FAILED + "the process has ended");
    }

    /** When its process was started, of {@link System#nanoTime()}. */
    public long startedNanos() {
        return startedNanos;
    }

    /** Opens the contender in a database in which it has its tables. */
    public void open(String database) throws IOException, InterruptedException {
        tell(ContenderProcess.OPEN + database);
        await();
    }

    /** Starts its workers, without waiting for them. */
    public void beginStart() throws IOException {
        tell(ContenderProcess.START);
    }

    /** Stops its workers and closes the contender. */
    public void stop() throws IOException, InterruptedException {
        tell(ContenderProcess.STOP);
        await();
    }

    private void tell(String command) throws IOException {
        commands.write(command);
        commands.newLine();
        commands.flush();
    }

    /** Until what it was told last is done. */
    public void await() throws IOException, InterruptedException {
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IOException("a worker process does not answer");
        }
        if (answer.startsWith(ContenderProcess.FAILED)) {
            throw new IOException("in a worker process: " + answer.substring(ContenderProcess.FAILED.length()));
        }
    }

    /** Lets it end by itself, which may take a while if it writes something at its end. */
    public void end() throws IOException, InterruptedException {
        commands.close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("a worker process does not end");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
