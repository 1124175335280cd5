package io.headrace.cli;

import io.headrace.cli.command.Shell;
import io.headrace.cli.command.Verb;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Creates the commands, and tells them where they run. */
final class VerbFactory implements IFactory {

    private final Shell shell;

    VerbFactory(Shell shell) {
        this.shell = shell;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        K created = CommandLine.defaultFactory().create(type);
        if (created instanceof Verb verb) {
            verb.runIn(shell);
        }
        return created;
    }
}
