package io.headrace.cli;

import io.headrace.cli.command.Shell;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import reactor.core.publisher.Mono;

/** The examples in the help of all commands. */
final class Examples {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|\\S+");

    private Examples() {}

    static CommandLine commandLine() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return Headrace.commandLine(new Shell(
                Map.of(),
                nowhere,
                nowhere,
                new BufferedReader(new StringReader("")),
                false,
                InstantSource.system(),
                Mono.empty()));
    }

    static List<String> all() {
        return of(commandLine()).distinct().toList();
    }

    /** Those of one command, which its words name. */
    static List<String> of(String words) {
        CommandLine command = commandLine();
        for (String word : words.isEmpty() ? new String[0] : words.split(" ")) {
            command = command.getSubcommands().get(word);
        }
        return Stream.of(command.getCommandSpec().usageMessage().footer())
                .map(String::strip)
                .toList();
    }

    private static Stream<String> of(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().usageMessage().footer()).map(String::strip),
                command.getSubcommands().values().stream().flatMap(Examples::of));
    }

    /** What the shell makes of it, without {@code headrace} and without redirections. */
    static List<String> arguments(String example) {
        String plain = example.replace("source <(headrace completion)", "headrace completion")
                .replaceAll("\\s[<>]\\s\\S+$", "");
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(plain); matcher.find(); ) {
            words.add(matcher.group(1) == null ? matcher.group() : matcher.group(1));
        }
        return words.subList(1, words.size());
    }
}
