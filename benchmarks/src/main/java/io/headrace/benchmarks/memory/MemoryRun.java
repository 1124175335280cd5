package io.headrace.benchmarks.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.AuditReport;
import io.headrace.JobOperator;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Progress;
import io.headrace.benchmarks.run.JavaCommand;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.PostgresMigrations;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** For each concurrency: jobs are put there by SQL, a process with little heap drains them. Used by one thread. */
final class MemoryRun {

    private static final String STANDARD_PORT = "5432";
    private static final int JOBS_PER_BLOCK = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final MemorySettings settings;
    private final Server server;
    private final PrintStream err;
    private final Sql sql;
    private final String schema = "headrace_memory_" + ProcessHandle.current().pid();
    private volatile String doing = "";

    MemoryRun(MemorySettings settings, Server server, PrintStream err) {
        this.settings = settings;
        this.server = server;
        this.err = err;
        this.sql = new Sql(server.options(), Map.of(), PATIENCE);
    }

    /**
     * What was seen.
     *
     * @param sound whether every job was handled once, without an error, and is in one place
     */
    record Outcome(Map<String, Metric> metrics, List<String> sentences, boolean sound, String postgres) {}

    /** Blocks for as long as it takes. */
    Outcome run() throws IOException {
        PostgresMigrations.of(server.options()).schema(schema).migrate();
        try (Progress progress = new Progress(err, () -> doing)) {
            Map<String, Metric> metrics = new LinkedHashMap<>();
            List<String> sentences = new ArrayList<>();
            boolean sound = true;
            sql.run("CREATE TABLE " + schema
                    + ".load AS SELECT jsonb_build_object('lines', jsonb_agg(jsonb_build_object("
                    + "'id', n, 'customer', 'customer ' || n * 7919 % 100003, 'town', 'town ' || n % 97,"
                    + " 'amount', round(n * 31 % 10007 / 100.0, 2)))) AS payload FROM generate_series(1, "
                    + settings.lines() + ") AS n");
            long bytes = sql.number("SELECT octet_length(payload::text) FROM " + schema + ".load");
            metrics.put("jobs", Metric.of(settings.jobs(), "jobs"));
            metrics.put("payload_mb", Metric.of(bytes * settings.jobs() / 1e6, "MB"));
            for (int concurrency : settings.concurrencies()) {
                doing = "jobs are made";
                stock();
                doing = "drained with a concurrency of " + concurrency;
                MemoryAnswer answer = drain(concurrency);
                sound &= answer.jobs() == settings.jobs() && answer.errors() == 0;
                String sentence = String.format(
                        Locale.ROOT,
                        "concurrency %,d: %,d jobs with %,.0f MB of payloads drained in %.1f s with a heap of %d MiB, at most"
                                + " %.0f MiB in use after a collection, %d errors",
                        concurrency,
                        answer.jobs(),
                        bytes * answer.jobs() / 1e6,
                        answer.seconds(),
                        settings.heapMib(),
                        answer.heapMib(),
                        answer.errors());
                sentences.add(sentence);
                progress.say(sentence);
                String name = "memory_" + concurrency + "_";
                metrics.put(name + "s", Metric.of(answer.seconds(), "s"));
                metrics.put(name + "mb_per_s", Metric.of(bytes * answer.jobs() / 1e6 / answer.seconds(), "MB/s"));
                metrics.put(name + "heap_peak_mib", Metric.of(answer.heapMib(), "MiB"));
                metrics.put(name + "errors", Metric.of(answer.errors(), "errors"));
            }
            doing = "the audit";
            AuditReport audit = audit();
            metrics.put("audit_failures", Metric.of(audit.isOk() ? 0 : 1, "audits"));
            return new Outcome(metrics, sentences, sound && audit.isOk(), sql.text("SHOW server_version"));
        } finally {
            if (!server.isOurs()) {
                sql.run("DROP SCHEMA " + schema + " CASCADE");
            }
        }
    }

    private void stock() {
        for (int made = 0; made < settings.jobs(); made += JOBS_PER_BLOCK) {
            int more = Math.min(JOBS_PER_BLOCK, settings.jobs() - made);
            sql.run("WITH block AS MATERIALIZED (SELECT SCHEMA.next_block() AS first),"
                    .concat(" stored AS (INSERT INTO SCHEMA.job (id, priority, queue, kind, payload)")
                    .concat(" SELECT first + n, 4, 'default', 'load', payload")
                    .concat(" FROM block, SCHEMA.load, generate_series(0, MORE - 1) AS n)")
                    .concat(
                            " INSERT INTO SCHEMA.pending (run_at, attempt, size, priority, suspicion, queue, kind, jobs)")
                    .concat(" SELECT now(), 0, MORE, 4, 0, 'default', 'load',")
                    .concat(" int8multirange(int8range(first, first + MORE)) FROM block")
                    .replace("SCHEMA", schema)
                    .replace("MORE", Integer.toString(more)));
        }
    }

    private MemoryAnswer drain(int concurrency) throws IOException {
        ConnectionFactoryOptions options = server.options();
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xmx" + settings.heapMib() + "m"),
                        MemoryProcess.class,
                        List.of(
                                options.getRequiredValue(ConnectionFactoryOptions.HOST)
                                        .toString(),
                                Objects.toString(options.getValue(ConnectionFactoryOptions.PORT), STANDARD_PORT),
                                options.getRequiredValue(ConnectionFactoryOptions.DATABASE)
                                        .toString(),
                                options.getRequiredValue(ConnectionFactoryOptions.USER)
                                        .toString(),
                                schema,
                                Integer.toString(concurrency),
                                Integer.toString(settings.jobs()))))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .put(MemoryProcess.PASSWORD, Objects.toString(options.getValue(ConnectionFactoryOptions.PASSWORD), ""));
        Process process = builder.start();
        try (BufferedReader says = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String last = "nothing";
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                last = line;
            }
            return MemoryAnswer.parse(last);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private AuditReport audit() {
        PostgresJobStore store = PostgresJobStore.builder(ConnectionFactories.get(server.options()))
                .schema(schema)
                .build();
        try {
            return JobOperator.create(store).audit().blockOptional().orElseThrow();
        } finally {
            store.close().block();
        }
    }
}
