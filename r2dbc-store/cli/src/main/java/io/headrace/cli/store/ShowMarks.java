package io.headrace.cli.store;

import io.headrace.cli.command.Desk;
import io.headrace.cli.command.StoreVerb;
import io.headrace.cli.end.ExitCode;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.operate.EngineMark;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows when engines started and ended. */
@Command(
        name = "marks",
        description = "Show the starts and ends of engines with their versions, the latest start first.",
        footerHeading = "%nExample:%n",
        footer = "  headrace marks --back 2d")
public final class ShowMarks extends StoreVerb {

    @Option(
            names = "--back",
            paramLabel = "DURATION",
            defaultValue = "1d",
            description = "Those that have run within this time. Default: 1d.")
    private Duration back = Duration.ofDays(1);

    @Override
    protected int run(Desk desk) {
        List<EngineMark> marks = await(desk.operator().marks(back).collectList());
        Table table = new Table("ENGINE", "VERSION", "STARTED", "ENDED", "END", "WORKER");
        marks.forEach(each ->
                table.row(each.engine(), each.version(), each.startedAt(), each.endedAt(), each.end(), each.worker()));
        answer(new Fields().with("marks", marks.stream().map(ShowMarks::json).toList()), table::print);
        return ExitCode.DONE;
    }

    private static Fields json(EngineMark mark) {
        return new Fields()
                .with("worker", mark.worker())
                .with("engine", mark.engine())
                .with("version", mark.version())
                .with("startedAt", mark.startedAt())
                .with("endedAt", mark.endedAt())
                .with("end", mark.end());
    }
}
