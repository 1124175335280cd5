package io.headrace.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How another class of this program is run in a process of its own: by the same Java, with the same class path. */
public final class JavaCommand {

    private JavaCommand() {}

    /**
     * The command and its arguments.
     *
     * @param flags for the JVM
     */
    public static List<String> of(List<String> flags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return command;
    }
}
