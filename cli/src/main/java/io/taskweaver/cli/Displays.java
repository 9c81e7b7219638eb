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

    static Progress of(Surroundings surroundings, boolean json) {
        if (json) return new JsonProgress(surroundings.out(), surroundings.clock());
        if (surroundings.interactive())
            return new LiveProgress(
                    surroundings.out(), surroundings.style(), () -> TerminalSize.current(surroundings.environment()));
        return new LineProgress(surroundings.out(), ZoneId.systemDefault());
    }
}
