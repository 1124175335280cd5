package io.headrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.cli.command.Shell;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import reactor.core.publisher.Mono;

class HelpTest {

    private static final Map<String, String> NOTHING = Map.of();

    /** The words of every command. */
    static List<String> commands() {
        List<String> all = new ArrayList<>();
        add(all, "", Examples.commandLine());
        return all;
    }

    private static void add(List<String> all, String words, CommandLine command) {
        all.add(words);
        command.getSubcommands().forEach((name, sub) -> add(all, (words + " " + name).strip(), sub));
    }

    private static String[] words(String command, String... more) {
        List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyHelpHasAnExampleOfTheCommand(String command) {
        Ran help = Ran.run(NOTHING, words(command, "--help"));

        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).contains("Usage: headrace " + command, "Example");
        List<String> examples = Examples.of(command);
        assertThat(examples).isNotEmpty().allMatch(example -> example.contains("headrace " + command));
        assertThat(help.out().lines().map(String::strip)).containsAll(examples);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        ""                                   | Missing required subcommand. See 'headrace --help'
        jobs                                 | Missing required subcommand. See 'headrace jobs --help'
        stauts                               | Unmatched argument at index 0: 'stauts'. Did you mean status or tail or audit? See 'headrace --help'
        status --jsn                         | Unknown option: '--jsn'
        jobs show                            | Missing required parameter: 'ID'. See 'headrace jobs show --help'
        jobs show abc                        | a job id has 13 characters
        jobs why                             | Missing required parameter: 'ID'
        console --port x                     | Invalid value for option '--port'
        console --port 70000                 | --port: 70000 is outside 0 to 65535
        top --count 0                        | --count: 0 is under 1
        top --once --count 1                 | Give --once or --count, not both
        console --token-file a --allow RETRY | Give rights in the token file or by --allow, not by both
        jobs cancel                          | Select jobs by ids, or waiting jobs by --queue, --kind or both; given: none
        jobs cancel 01Q8ZPXRG0002 --kind a   | given: ids and a selection
        operations show                      | Missing required parameter: 'ID'
        operations stop                      | Missing required parameter: 'ID'
        schedule preview a --count x         | Invalid value for option '--count'
        schedule preview a --count 0         | --count: 0 is outside 1 to 1000
        schedule fires a --before yesterday  | 'yesterday' is not a time such as
        schedule backfill a --from 2025-01-01T00:00Z | Missing required option: '--to=TIME'
        schedule backfill a --from 2025-01-02T00:00Z --to 2025-01-01T00:00Z | The range is empty
        enqueue                              | Missing required parameters: 'KIND', 'PAYLOAD'
        enqueue a {                          | The payload is not JSON: line 1, column
        enqueue a {} --priority 10           | priority: 10 is outside 0
        enqueue a {} --delay soon            | 'soon' is not a duration such as
        enqueue a {} --delay 5m --run-at 2026-01-01T00:00Z | Give --delay or --run-at, not both
        migrate --dry-run --sql              | mutually exclusive
        migrate --sql --schema no-name       | schema: 'no-name' must be
        jobs retry                           | Select failed jobs by exactly one of ids, --kind, --queue and --fingerprint; given: none
        jobs retry --kind a --queue b        | Select failed jobs by exactly one of ids, --kind, --queue and --fingerprint; given: --kind, --queue
        jobs discard 01Q8ZPXRG0002 --kind a  | Select failed jobs by exactly one of ids, --kind, --queue and --fingerprint; given: ids, --kind
        status                               | No database is given. Pass --url, or set DATABASE_URL, or PGHOST, PGDATABASE and PGUSER
        status --url mysql://root@db/app     | The database URL must start with
        """)
    void wrongArgumentsEndWithTwoAndASentence(String arguments, String sentence) {
        Ran ran = Ran.run(NOTHING, words(arguments));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("headrace: ").contains(sentence).hasLineCount(1);
    }

    @Test
    void theVersionIsData() {
        Ran ran = Ran.run(NOTHING, "--version");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("headrace ");
    }

    @Test
    void theSqlNeedsNoDatabase() {
        Ran ran = Ran.run(NOTHING, "migrate", "--sql", "--schema", "mine");

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("BEGIN;")
                .contains("CREATE SCHEMA IF NOT EXISTS mine;")
                .endsWith("COMMIT;\n");
    }

    @Test
    void theCompletionKnowsEveryCommand() {
        Ran ran = Ran.run(NOTHING, "completion");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("#!/usr/bin/env bash").contains("retry", "backfill", "--dry-run");
    }

    @Test
    void noColorMeansNoColor() {
        assertThat(shell(Map.of(), true).hasColor()).isTrue();
        assertThat(shell(Map.of("NO_COLOR", ""), true).hasColor()).isTrue();
        assertThat(shell(Map.of("NO_COLOR", "1"), true).hasColor()).isFalse();
        assertThat(shell(Map.of(), false).hasColor()).isFalse();
        assertThat(Ran.run(Map.of("NO_COLOR", "1"), true, "", "--help").out()).doesNotContain("\u001b");
    }

    private static Shell shell(Map<String, String> environment, boolean interactive) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Shell(
                environment,
                nowhere,
                nowhere,
                new BufferedReader(new StringReader("")),
                interactive,
                InstantSource.system(),
                Mono.empty());
    }
}
