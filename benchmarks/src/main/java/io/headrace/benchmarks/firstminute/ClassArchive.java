package io.headrace.benchmarks.firstminute;

import java.nio.file.Path;
import java.util.List;

/** What a JVM may find of an earlier run of the same program, so that it need not load and compile everything anew. */
enum ClassArchive {
    NONE("", 0) {
        @Override
        List<String> flagsToMake(Path file) {
            return List.of();
        }

        @Override
        List<String> flagsToUse(Path file) {
            return List.of();
        }
    },
    /** Class-data sharing: the loaded classes. */
    CDS("cds", 17) {
        @Override
        List<String> flagsToMake(Path file) {
            return List.of("-XX:ArchiveClassesAtExit=" + file);
        }

        @Override
        List<String> flagsToUse(Path file) {
            return List.of("-XX:SharedArchiveFile=" + file, "-Xshare:on");
        }
    },
    /** The ahead-of-time cache: the loaded and linked classes, and what the JIT learned of their methods. */
    AOT("aot", 25) {
        @Override
        List<String> flagsToMake(Path file) {
            return List.of("-XX:AOTCacheOutput=" + file);
        }

        @Override
        List<String> flagsToUse(Path file) {
            return List.of("-XX:AOTCache=" + file, "-XX:AOTMode=on");
        }
    };

    private final String label;
    private final int sinceJava;

    ClassArchive(String label, int sinceJava) {
        this.label = label;
        this.sinceJava = sinceJava;
    }

    /** In names of metrics. */
    String label() {
        return label;
    }

    int sinceJava() {
        return sinceJava;
    }

    /** Whether this Java has it. */
    boolean isKnown() {
        return Runtime.version().feature() >= sinceJava;
    }

    /** For a process that writes it at its end. */
    abstract List<String> flagsToMake(Path file);

    /** For a process that does not start unless it can use it. */
    abstract List<String> flagsToUse(Path file);
}
