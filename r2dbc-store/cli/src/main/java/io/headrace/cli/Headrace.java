package io.headrace.cli;

import io.headrace.JobId;
import io.headrace.cli.command.Moments;
import io.headrace.cli.command.Periods;
import io.headrace.cli.command.Shell;
import io.headrace.cli.console.ServeConsole;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.jobs.EnqueueJob;
import io.headrace.cli.jobs.ExportJobs;
import io.headrace.cli.jobs.JobIds;
import io.headrace.cli.jobs.JobsGroup;
import io.headrace.cli.jobs.ListFailures;
import io.headrace.cli.live.FollowJobs;
import io.headrace.cli.live.ShowTop;
import io.headrace.cli.operations.OperationsGroup;
import io.headrace.cli.queues.QueueGroup;
import io.headrace.cli.queues.ShowStatus;
import io.headrace.cli.schedules.ScheduleGroup;
import io.headrace.cli.signals.ListWaits;
import io.headrace.cli.signals.SendSignal;
import io.headrace.cli.store.AuditStore;
import io.headrace.cli.store.DiagnoseStore;
import io.headrace.cli.store.MigrateSchema;
import io.headrace.cli.store.ShowLog;
import io.headrace.cli.store.ShowMarks;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** The command {@code headrace}: operates the job queues in a PostgreSQL database. */
@Command(
        name = "headrace",
        description = "Operate the job queues in a PostgreSQL database.",
        versionProvider = Version.class,
        subcommands = {
            MigrateSchema.class,
            DiagnoseStore.class,
            ShowStatus.class,
            ShowTop.class,
            FollowJobs.class,
            JobsGroup.class,
            ListFailures.class,
            EnqueueJob.class,
            ExportJobs.class,
            OperationsGroup.class,
            SendSignal.class,
            ListWaits.class,
            QueueGroup.class,
            ScheduleGroup.class,
            AuditStore.class,
            ShowLog.class,
            ShowMarks.class,
            ServeConsole.class,
            PrintCompletion.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            ExitCode.DONE + ":done",
            ExitCode.FAILED + ":failed",
            ExitCode.WRONG_ARGUMENTS + ":wrong arguments; nothing was done",
            ExitCode.NOT_FOUND + ":not found, or somebody else was faster",
            ExitCode.FINDINGS + ":the audit or the doctor found something"
        },
        footerHeading = "%nExample:%n",
        footer = "  headrace status --url postgresql://app:secret@localhost:5432/app")
public final class Headrace {

    private static final int HELP_WIDTH = 100;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Headrace() {}

    /** Runs a command, and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(Shell.ofProcess(), args));
    }

    /** Runs a command, and returns its exit code. */
    static int run(Shell shell, String... args) {
        int code = commandLine(shell).execute(args);
        shell.out().flush();
        shell.err().flush();
        return code;
    }

    static CommandLine commandLine(Shell shell) {
        ErrorLine errors = new ErrorLine(shell);
        return new CommandLine(new Headrace(), new VerbFactory(shell))
                .setOut(shell.out())
                .setErr(shell.err())
                .setColorScheme(Help.defaultColorScheme(shell.hasColor() ? Help.Ansi.AUTO : Help.Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setExpandAtFiles(false)
                .setAbbreviatedOptionsAllowed(false)
                .registerConverter(JobId.class, new JobIds())
                .registerConverter(Instant.class, new Moments())
                .registerConverter(Duration.class, new Periods())
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    /** Whether picocli has shown the help or the version instead of running anything. */
    boolean isAnswered() {
        return help || version;
    }
}
