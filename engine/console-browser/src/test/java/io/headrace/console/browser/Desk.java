package io.headrace.console.browser;

import io.headrace.Backoff;
import io.headrace.JobClient;
import io.headrace.JobEngine;
import io.headrace.JobHandler;
import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.JobState;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.console.Console;
import io.headrace.operate.Actor;
import io.headrace.operate.Right;
import io.headrace.postgres.PostgresJobStore;
import io.headrace.postgres.TestServer;
import io.headrace.schedule.Cron;
import io.headrace.schedule.Every;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import shop.billing.Mailer;
import shop.shipping.Address;

/** A console on a real server, with an engine and jobs of all sorts behind it. */
final class Desk implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The payload of a job. */
    record Order(int number, String to, List<String> items) {}

    private static final String PATH = "/apps/shop/headrace";

    static final JobType<String> INVOICE =
            JobType.of("send-invoice", String.class).queue("billing");
    static final JobType<Order> ORDER = JobType.of("ship-order", Order.class).queue("billing");
    static final JobType<String> MAIL = JobType.of("send-mail", String.class).queue("mail");
    static final JobType<String> REPORT =
            JobType.of("render-report", String.class).queue("reports");
    static final JobType<String> WEBHOOK =
            JobType.of("call-webhook", String.class).queue("webhooks");

    private final OwnSchema schema;
    private final Wiretap wiretap;
    private final PostgresJobStore store;
    private final JobOperator operator;
    private final AtomicReference<Mono<Actor>> actor = new AtomicReference<>();
    private final Mailer mailer = new Mailer();
    private final JobEngine engine;
    private final DisposableServer web;

    private Desk(OwnSchema schema) {
        this.schema = schema;
        permit(EnumSet.allOf(Right.class));
        TestServer server = schema.server();
        wiretap = new Wiretap(server.host(), server.port());
        store = schema.store(new TestServer(
                server.name(), "127.0.0.1", wiretap.port(), server.database(), server.user(), server.password()));
        operator = JobOperator.create(store);
        engine = JobEngine.builder(schema.store())
                .name("web-1")
                .version("1.42.0")
                .queue("billing", queue -> queue.concurrency(8))
                .queue("mail", queue -> queue.concurrency(4))
                .queue("reports")
                .subscribe(JobHandler.of(INVOICE, job -> mailer.send(job.payload()))
                        .retry(RetryPolicy.defaults()
                                .backoff(Backoff.fixed(Duration.ofMillis(5)))
                                .maxAttempts(3)))
                .subscribe(
                        JobHandler.of(ORDER, job -> Address.ship(job.payload().number()))
                                .retry(RetryPolicy.defaults().backoff(Backoff.fixed(Duration.ofMinutes(90)))))
                .subscribe(MAIL, job -> Mono.delay(Duration.ofMillis(120)))
                .subscribe(REPORT, job -> Mono.empty())
                .enqueues(WEBHOOK)
                .schedule("nightly-report", Cron.of("30 2 * * *", "Europe/Berlin"), REPORT.job("yesterday"))
                .schedule("poll-feeds", Every.of(Duration.ofMinutes(5)), MAIL.job("poll"))
                .build();
        engine.start().block(PATIENCE);
        web = serve(Console.builder(operator)
                .instance("production · eu-1")
                .policy(request -> actor.get())
                .build());
    }

    /** As an application mounts it that has pages of its own. */
    private static DisposableServer serve(Console console) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(RouterFunctions.toHttpHandler(console.routes(PATH))))
                .bindNow(PATIENCE);
    }

    static Desk open() {
        return on(new OwnSchema());
    }

    /** A desk on a schema that has had a life before. */
    static Desk on(OwnSchema schema) {
        return new Desk(schema);
    }

    /** Counts the statements of the console; those of the engine do not pass it. */
    Wiretap wiretap() {
        return wiretap;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + web.port() + PATH + "/");
    }

    JobClient client() {
        return engine.client();
    }

    JobOperator operator() {
        return operator;
    }

    OwnSchema schema() {
        return schema;
    }

    /** From now on, whoever asks may do this. */
    void permit(Set<Right> rights) {
        actor.set(Mono.just(new Actor("ada", rights)));
    }

    /** From now on, whoever asks is answered like this. */
    void answer(Mono<Actor> policy) {
        actor.set(policy);
    }

    /** Whether the mails of invoices arrive. */
    void mails(boolean arrive) {
        mailer.works(arrive);
    }

    /** Enqueues invoices that fail with all their attempts, and waits until they have. */
    Flux<JobId> failedInvoices(int many) {
        mails(false);
        return Flux.range(1, many)
                .flatMap(i -> client().enqueue(INVOICE.job("invoice " + i)))
                .map(enqueued -> enqueued.id())
                .flatMap(id -> await(id, JobState.FAILED));
    }

    /** Waits until a job is in a state. */
    Mono<JobId> await(JobId id, JobState state) {
        return client().watch(id)
                .filter(update -> update.state() == state)
                .next()
                .map(update -> id)
                .timeout(PATIENCE);
    }

    /** Checks the conservation law, and removes everything. */
    @Override
    public void close() {
        web.disposeNow(PATIENCE);
        engine.stop().block(PATIENCE);
        store.close().block(PATIENCE);
        wiretap.close();
        schema.close();
    }
}
