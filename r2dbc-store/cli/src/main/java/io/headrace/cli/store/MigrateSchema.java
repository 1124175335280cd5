package io.headrace.cli.store;

import io.headrace.cli.command.ConnectionOptions;
import io.headrace.cli.command.Verb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.postgres.PostgresMigrations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Creates or migrates the schema, says what it would do, or prints the SQL. */
@Command(
        name = "migrate",
        description = {
            "Create or migrate the schema of Headrace's tables.",
            "Migrate before a new version of Headrace starts. Several processes may do so at once."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  headrace migrate --url postgresql://owner@localhost/app",
            "  headrace migrate --dry-run",
            "  headrace migrate --sql > headrace.sql"
        })
public final class MigrateSchema extends Verb {

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @ArgGroup
    private @Nullable Instead instead;

    private static final class Instead {

        @Option(names = "--dry-run", description = "List the migrations that would run, and change nothing.")
        private boolean dryRun;

        @Option(
                names = "--sql",
                description = "Print the SQL of all migrations, in one transaction. Connects to no database.")
        private boolean sql;
    }

    @Override
    public Integer call() {
        if (instead != null && instead.sql) {
            String sql = PostgresMigrations.plainSql(connection.schema());
            answer(new Fields().with("schema", connection.schema()).with("sql", sql), out -> out.print(sql));
            return ExitCode.DONE;
        }
        PostgresMigrations migrations =
                PostgresMigrations.of(connection.database(shell()).options()).schema(connection.schema());
        List<String> pending = migrations.pending();
        boolean apply = instead == null || !instead.dryRun;
        if (apply) {
            migrations.migrate();
        }
        answer(
                new Fields()
                        .with("schema", connection.schema())
                        .with("applied", apply)
                        .with("migrations", pending),
                out -> pending.forEach(out::println));
        say("Schema '" + connection.schema() + "' "
                + (pending.isEmpty()
                        ? "is up to date."
                        : (apply ? "was migrated: " : "would be migrated: ")
                                + pending.size()
                                + (pending.size() == 1 ? " migration." : " migrations.")));
        return ExitCode.DONE;
    }
}
