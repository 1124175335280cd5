package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Statements;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The statements of a diagnosis, read once: threads on which a diagnosis begins must not read files. Immutable. */
public final class LoadedStatements implements Statements {

    private static final Set<String> NAMES = Set.of(
            "diagnose/server",
            "diagnose/clock",
            "diagnose/connections",
            "diagnose/rights",
            "diagnose/horizon",
            "diagnose/tables",
            "diagnose/engines",
            "diagnose/queues",
            "upkeep/schema_version");

    private final Map<String, String> texts;

    public LoadedStatements(Statements all) {
        this.texts = NAMES.stream().collect(Collectors.toMap(Function.identity(), all::named));
    }

    @Override
    public String named(String name) {
        return Objects.requireNonNull(texts.get(name), name);
    }
}
