package io.taskweaver.cli.offline;

import io.taskweaver.cli.CommandFailure;
import io.taskweaver.reports.GapJson;
import io.taskweaver.requirements.code.CodeMapMarkdown;
import io.taskweaver.requirements.gap.GapMarkdown;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code taskweaver analyze}: requirements and structure against code. */
@Command(
        name = "analyze",
        description = {
            "Compares requirements with existing code.",
            "For each requirement: whether the code of --code implements it, implements part of it, lacks it or contradicts"
                    + " it, with file, line and symbol. Then differences from STRUCTURE.md, and public code that no"
                    + " requirement asks for. Reads Java, Kotlin, TypeScript, JavaScript, Python, Go and Rust."
        })
public final class AnalyzeCommand extends OfflineCommand {
    @Option(
            names = "--map",
            description =
                    "Print a map of the code instead: modules, public types and operations, and their dependencies.")
    private boolean map;

    @Override
    String result() {
        if (!input().namesCode())
            throw CommandFailure.badInput("--code is missing.", "Name a folder, e.g. --code src.");
        if (map) {
            var code = input().codeMap();
            return output().json() ? GapJson.write(code) : CodeMapMarkdown.write(code);
        }
        var gaps = input().read().gaps();
        return output().json() ? GapJson.write(gaps) : GapMarkdown.write(gaps);
    }
}
