package io.headrace.samples.indexer.checkout;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Lets JGit be without the git configuration of whoever runs the service: that could rewrite addresses or name programs, and
 * JGit would write into it.
 */
final class PlainGitConfig extends SystemReader.Delegate {

    private PlainGitConfig(SystemReader real) {
        super(real);
    }

    /** From now on, in this process. */
    static void use() {
        SystemReader real = SystemReader.getInstance();
        if (!(real instanceof PlainGitConfig)) {
            SystemReader.setInstance(new PlainGitConfig(real));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Empty(parent, fs);
    }

    /** Has no file, and says two things. */
    private static final class Empty extends FileBasedConfig {

        @SuppressWarnings("NullAway") // JGit's own way of saying that there is no file
        Empty(Config parent, FS fs) {
            super(parent, null, fs);
            // No collector of garbage in the background, whose folder is renamed meanwhile.
            setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTO, 0);
            setInt(ConfigConstants.CONFIG_GC_SECTION, null, ConfigConstants.CONFIG_KEY_AUTOPACKLIMIT, 0);
        }

        /**
         * How finely the file system tells times apart: what JGit assumes where it cannot measure it. Before the first clone of a
         * process it would measure, and keep a processor busy for three seconds. It decides when an index is compared with files
         * that have changed since, and a checkout here does not change.
         */
        @Override
        public long getTimeUnit(String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return ConfigConstants.CONFIG_FILESYSTEM_SECTION.equals(section)
                            && ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION.equals(name)
                    ? unit.convert(FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public void load() {}

        @Override
        public void save() {}

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
