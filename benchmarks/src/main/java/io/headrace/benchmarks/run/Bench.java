package io.headrace.benchmarks.run;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.contender.ContenderSettings;
import io.headrace.benchmarks.server.FreshDatabase;
import io.headrace.benchmarks.server.Server;
import java.util.function.Consumer;

/** Where a plan is run: a server, the settings, and somebody to tell how far it is. Used by one thread. */
public final class Bench {

    private final Server server;
    private final RunSettings settings;
    private final Consumer<String> steps;

    Bench(Server server, RunSettings settings, Consumer<String> steps) {
        this.server = server;
        this.settings = settings;
        this.steps = steps;
    }

    public RunSettings settings() {
        return settings;
    }

    /** The same place for other settings. */
    public Bench with(RunSettings other) {
        return new Bench(server, other, steps);
    }

    /** Says what begins now. */
    public void step(String name) {
        steps.accept(name);
    }

    /** An empty database. */
    public FreshDatabase database() {
        return FreshDatabase.in(server);
    }

    /** What a contender is given for a database. */
    public ContenderSettings contenderSettings(FreshDatabase database) {
        return new ContenderSettings(
                database.host(),
                database.port(),
                database.name(),
                database.user(),
                database.password(),
                settings.payloadBytes(),
                settings.concurrency());
    }

    /** Opens a contender in an empty database. */
    public <C extends Contender> Trial<C> trial(C contender) throws Exception {
        Trial<C> trial = new Trial<>(database(), contender);
        try {
            contender.open(contenderSettings(trial.database()));
            return trial;
        } catch (Exception e) {
            trial.close();
            throw e;
        }
    }
}
