package io.headrace.postgres;

import io.headrace.JobEngine;
import io.headrace.JobId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import reactor.core.publisher.Mono;

/**
 * An engine in a process of its own: works until so many jobs are completed, by whomever, then writes the ids of those that
 * it handled into a file, one a line.
 */
final class WorkerProcess {

    private WorkerProcess() {}

    static Process start(TestSchema schema, Path ledger, int jobs) throws IOException {
        TestServer server = schema.server();
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        server.host(),
                        Integer.toString(server.port()),
                        server.database(),
                        server.user(),
                        server.password(),
                        schema.name(),
                        ledger.toString(),
                        Integer.toString(jobs)))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws IOException {
        TestServer server = new TestServer("parent's", args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]);
        PostgresJobStore store = PostgresJobStore.builder(server.connectionFactory())
                .schema(args[5])
                .build();
        Queue<Long> handled = new ConcurrentLinkedQueue<>();
        JobEngine engine = JobEngine.builder(store)
                .subscribe(
                        TwoProcessesTest.GRIND,
                        job -> Mono.fromRunnable(() -> handled.add(job.id().value())))
                .build();

        engine.start().block();
        engine.queue()
                .audit()
                .filter(audit -> audit.completed() == Long.parseLong(args[7]))
                .repeatWhenEmpty(empty -> empty.delayElements(Duration.ofMillis(100)))
                .block(Duration.ofMinutes(2));
        engine.stop().block();
        store.close().block();
        Files.write(
                Path.of(args[6]),
                handled.stream().map(JobId::new).map(JobId::toString).toList());
        System.exit(0);
    }
}
