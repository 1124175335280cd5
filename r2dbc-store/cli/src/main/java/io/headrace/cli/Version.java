package io.headrace.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Headrace.class.getPackage().getImplementationVersion();
        return new String[] {"headrace " + Objects.requireNonNullElse(version, "(not from a jar)")};
    }
}
