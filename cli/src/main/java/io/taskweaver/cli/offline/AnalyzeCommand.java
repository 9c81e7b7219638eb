package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.cli.ExitCode;
import io.taskweaver.cli.Surroundings;
import io.taskweaver.cli.VersionProvider;
import io.taskweaver.client.output.GapJson;
import io.taskweaver.domain.code.CodeMapMarkdown;
import io.taskweaver.domain.gap.GapMarkdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver analyze}: requirements and structure against code. */
@Command(
        name = "analyze",
        description = {
            "Compares documents with the code of --code: each requirement exists, is there in part, is missing or is"
                    + " contradicted, with file, line and symbol; then STRUCTURE.md, and public code that nothing asks"
                    + " for.",
            "Reads Java, Kotlin, TypeScript, JavaScript, Python, Go and Rust. With --map it prints what was read"
                    + " instead."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false)
public final class AnalyzeCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineInput input;

    @Option(names = "--map", description = "Print the code map: modules, public types and operations, who uses whom.")
    private boolean map;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private OfflineOutput output;

    private final Surroundings surroundings;

    AnalyzeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (!input.namesCode())
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "No code base was named.", "Name its folder, e.g. --code src.");
        if (map) {
            var code = input.codeMap(surroundings);
            output.write(output.json() ? GapJson.write(code) : CodeMapMarkdown.write(code), surroundings);
            return ExitCode.DONE;
        }
        var read = input.read(surroundings);
        output.write(output.json() ? GapJson.write(read.gaps()) : GapMarkdown.write(read.gaps()), surroundings);
        return ExitCode.DONE;
    }
}
