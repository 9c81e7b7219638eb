package io.taskweaver.cli;

import io.taskweaver.client.PlanCode;
import io.taskweaver.code.LinePatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver patch}: the result of a plan for {@code git am}. */
@Command(
        name = "patch",
        description = {
            "Writes the result of a plan as patches for git am.",
            "One patch per merged task, as git format-patch writes them; without --out, all of them as one mailbox."
        })
final class PatchCommand implements Callable<Integer> {
    @Mixin
    private PlanParameter plan;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for one file per patch (default: standard output).")
    private @Nullable Path out;

    @Mixin
    private SystemOptions system;

    private final CommandContext context;

    PatchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (out != null) OutputPath.checkFolder(out, "with --out");
        InterruptWatch.begin();
        var result = new PlanResult(context, system);
        return result.with(plan.id(), Optional.empty(), code -> {
            int exitCode = write(code);
            // Standard output may be a mailbox.
            result.whatLacks(code).forEach(context.err()::println);
            return exitCode;
        });
    }

    private int write(PlanCode code) throws IOException, InterruptedException {
        return switch (out == null ? code.mailbox() : code.patches(out)) {
            case LinePatch.Written.Mailbox mailbox -> {
                mailbox.notes().forEach(context.err()::println);
                context.out().write(mailbox.bytes());
                context.out().flush();
                yield ExitCode.DONE;
            }
            case LinePatch.Written.PatchFiles written -> {
                int number = written.files().size();
                context.out().println("Wrote " + number + (number == 1 ? " patch" : " patches") + " to " + out + ".");
                written.notes().forEach(context.out()::println);
                context.out().println("Apply with: git am " + out + "/*.patch");
                yield ExitCode.DONE;
            }
            case LinePatch.Written.Refused refused -> throw PlanResult.failure(refused.refusal());
        };
    }
}
