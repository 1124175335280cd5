package io.headrace.samples.indexer.checkout;

import org.eclipse.jgit.lib.ProgressMonitor;

/**
 * Says of JGit's tasks, which follow one another and each begin at nothing, how far all of them are. What the other side does
 * before it sends anything is told, and does not count. Used by one thread.
 */
final class CloneProgress implements ProgressMonitor {

    /** To receive, to resolve deltas, to check out. */
    private static final int SHARE_OF_A_TASK = 33;

    private static final String OTHER_SIDE = "remote: ";
    private static final int WHOLE = 100;

    private final GitSource.Listener listener;
    private int begun;
    private boolean ours;
    private int reached;
    private String title = "";
    private int total;
    private int done;

    CloneProgress(GitSource.Listener listener) {
        this.listener = listener;
    }

    @Override
    public void start(int totalTasks) {}

    @Override
    public void beginTask(String task, int totalWork) {
        ours = !task.startsWith(OTHER_SIDE);
        begun += ours ? 1 : 0;
        title = task;
        total = totalWork;
        done = 0;
        report();
    }

    @Override
    public void update(int completed) {
        done += completed;
        report();
    }

    private void report() {
        boolean known = total > 0;
        if (ours) {
            int ofTask = known ? Math.min(SHARE_OF_A_TASK, (int) ((long) done * SHARE_OF_A_TASK / total)) : 0;
            reached = Math.min(WHOLE - 1, Math.max(reached, (begun - 1) * SHARE_OF_A_TASK + ofTask));
        }
        listener.at(reached, known ? title + " " + done + "/" + total : title);
    }

    @Override
    public void endTask() {}

    @Override
    public boolean isCancelled() {
        return listener.isGone();
    }

    @Override
    public void showDuration(boolean enabled) {}
}
