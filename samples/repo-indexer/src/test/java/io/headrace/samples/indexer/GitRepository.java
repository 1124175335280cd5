package io.headrace.samples.indexer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.PersonIdent;

/** A real repository in a folder of the test's. */
public final class GitRepository {

    private static final PersonIdent MILLER = new PersonIdent("miller", "miller@example.org");

    private final Path folder;

    private GitRepository(Path folder) {
        this.folder = folder;
    }

    /** With two Java files, one of Markdown, one that is not text, and three lines in each that is. */
    public static GitRepository small(Path folder) {
        return empty(folder)
                .write("src/Wheel.java", "class Wheel {\n    int blades;\n}\n")
                .write("src/Stone.java", "class Stone {\n    // heavy\n}\n")
                .write("README.md", "# Mill\n\nIt grinds")
                .write("wheel.bin", "\0\1\2\n")
                .commit("A mill");
    }

    public static GitRepository empty(Path folder) {
        try {
            Git.init().setDirectory(folder.toFile()).call().close();
            return new GitRepository(folder);
        } catch (GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    public GitRepository write(String file, String text) {
        try {
            Path path = folder.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public GitRepository commit(String message) {
        try (Git git = Git.open(folder.toFile())) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setMessage(message)
                    .setAuthor(MILLER)
                    .setCommitter(MILLER)
                    .setSign(false)
                    .call();
            return this;
        } catch (IOException | GitAPIException e) {
            throw new IllegalStateException(e);
        }
    }

    public String head() {
        try (Git git = Git.open(folder.toFile())) {
            return git.getRepository().resolve("HEAD").name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return folder.toString();
    }
}
