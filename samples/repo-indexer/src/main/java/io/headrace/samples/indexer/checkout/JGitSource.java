package io.headrace.samples.indexer.checkout;

import io.headrace.samples.indexer.IndexerProperties;
import io.headrace.samples.indexer.address.GitAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.springframework.stereotype.Component;

/** By JGit, in this process: no git has to be installed, and no command line is made of what somebody sent. */
@Component
final class JGitSource implements GitSource {

    private final Duration silence;

    JGitSource(IndexerProperties properties) {
        this.silence = properties.silence();
        PlainGitConfig.use();
    }

    @Override
    public String latest(GitAddress address) {
        Ref head;
        try {
            head = Git.lsRemoteRepository()
                    .setRemote(address.url())
                    .setTimeout(seconds())
                    .callAsMap()
                    .get(Constants.HEAD);
        } catch (GitAPIException | JGitInternalException e) {
            throw failed(address, e);
        }
        if (head == null || head.getObjectId() == null) {
            throw new CheckoutException(address, "it has no commit yet", null);
        }
        return head.getObjectId().name();
    }

    @Override
    public void checkOut(GitAddress address, String commit, Path into, Listener listener) {
        ProgressMonitor progress = new CloneProgress(listener);
        try (Git git = Git.cloneRepository()
                .setURI(address.url())
                .setDirectory(into.toFile())
                .setNoCheckout(true)
                .setNoTags()
                .setCloneSubmodules(false)
                .setTimeout(seconds())
                .setProgressMonitor(progress)
                .call()) {
            git.checkout().setName(commit).setProgressMonitor(progress).call();
        } catch (GitAPIException | JGitInternalException e) {
            throw failed(address, e);
        }
    }

    private int seconds() {
        return Math.toIntExact(silence.toSeconds());
    }

    /** The innermost error knows the reason; those around it say that there was one. */
    private static CheckoutException failed(GitAddress address, Exception error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CheckoutException(address, reason, error);
    }
}
