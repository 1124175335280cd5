package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.address.GitAddress;
import io.headrace.samples.indexer.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The working trees on the disk. A tree is cloned into a temporary folder and then renamed. Thread-safe; blocks. */
@Component
final class Trees {

    private final Home home;
    private final GitSource source;

    Trees(Home home, GitSource source) {
        this.home = home;
        this.source = source;
    }

    /**
     * The tree of a commit: the one that is there, else a new clone's.
     *
     * @throws CheckoutException if it cannot be had
     */
    WorkingTree of(Repository repository, String commit, GitSource.Listener listener) {
        WorkingTree tree = new WorkingTree(folder(repository.id(), commit), commit);
        if (!Files.isDirectory(tree.folder())) {
            try {
                clone(repository.address(), tree, listener);
            } catch (IOException e) {
                throw new CheckoutException(repository.address(), "the folder cannot be written: " + e, e);
            }
        }
        return tree;
    }

    private void clone(GitAddress address, WorkingTree tree, GitSource.Listener listener) throws IOException {
        Path temporary = home.temporary();
        try {
            source.checkOut(address, tree.commit(), temporary, listener);
            Folders.publish(temporary, tree.folder());
        } finally {
            Folders.delete(temporary);
        }
    }

    /** Takes the repository's other trees away: out of their places at once, then from the disk. */
    void keepOnly(UUID repository, String commit) throws IOException {
        Path kept = folder(repository, commit);
        for (Path tree : all(repository)) {
            if (!tree.equals(kept)) {
                Path temporary = home.temporary();
                Folders.publish(tree, temporary);
                Folders.delete(temporary);
            }
        }
    }

    private Path folder(UUID repository, String commit) {
        return home.trees(repository).resolve(commit);
    }

    /** None if they are on the disk of another machine. */
    private List<Path> all(UUID repository) throws IOException {
        if (Files.notExists(home.trees(repository))) {
            return List.of();
        }
        try (Stream<Path> trees = Files.list(home.trees(repository))) {
            return trees.toList();
        }
    }
}
