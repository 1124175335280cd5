package io.headrace.cli.jobs;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.PageOptions;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.operate.JobItem;
import io.headrace.operate.JobPage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists jobs. */
@Command(
        name = "list",
        description = {
            "List jobs by state, queue, kind, unique key or cause.",
            "If there are more, prints the cursor from which the next call continues. To list all, use 'headrace export'."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  headrace jobs list --state FAILED --queue mail", "  headrace jobs list --key ada --json"})
final class ListJobs extends StoreVerb {

    private static final int LARGEST_PAGE = 200;

    /** A call that searches for rare jobs may find none and read much: after so many, the person decides. */
    private static final int MOST_CALLS = 10;

    @Mixin
    private JobFilterOptions options = new JobFilterOptions();

    @Mixin
    private PageOptions shown = new PageOptions();

    @Override
    protected void check() {
        shown.check();
    }

    @Override
    protected int run(Desk desk) {
        List<JobItem> jobs = new ArrayList<>();
        JobPage page = page(desk, shown.cursor(), jobs);
        for (int calls = 1; page.next() != null && jobs.size() < shown.limit() && calls < MOST_CALLS; calls++) {
            page = page(desk, page.next(), jobs);
        }
        Table table = JobLine.table();
        jobs.forEach(job -> JobLine.add(table, job));
        answer(
                new Fields()
                        .with("jobs", jobs.stream().map(JobLine::json).toList())
                        .with("next", page.next())
                        .with("searchedTo", page.searchedTo()),
                table::print);
        if (page.next() != null && !isJson()) {
            say((page.searchedTo() == null ? "There may be more" : "Searched up to " + page.searchedTo())
                    + "; go on with --cursor " + page.next());
        }
        return ExitCode.DONE;
    }

    private JobPage page(Desk desk, @Nullable String from, List<JobItem> jobs) {
        JobPage page = await(
                desk.operator().jobs(options.filter(), from, Math.min(LARGEST_PAGE, shown.limit() - jobs.size())));
        jobs.addAll(page.jobs());
        return page;
    }
}
