package io.taskweaver.cli;

import io.taskweaver.cli.progress.JsonProgress;
import io.taskweaver.cli.progress.LineProgress;
import io.taskweaver.cli.progress.LiveProgress;
import io.taskweaver.cli.progress.Progress;
import io.taskweaver.cli.progress.TerminalSize;
import java.time.ZoneId;

/** Chooses how progress is shown. */
final class Displays {
    private Displays() {}

    static Progress of(CommandContext context, boolean json) {
        if (json) return new JsonProgress(context.out(), context.clock());
        if (context.interactive())
            return new LiveProgress(context.out(), context.style(), () -> TerminalSize.current(context.environment()));
        return new LineProgress(context.out(), ZoneId.systemDefault());
    }
}
