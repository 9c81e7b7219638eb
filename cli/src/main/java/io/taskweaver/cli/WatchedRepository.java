package io.taskweaver.cli;

import io.taskweaver.code.RepositoryState;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.projection.PlanView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The user's repository while a plan runs, which only reads it. An agent without a sandbox may write there; so may a person
 * meanwhile, so that what changed is said, and not who changed it.
 */
final class WatchedRepository {
    private static final int MOST = 10;

    private final Optional<Path> folder;
    private final Optional<RepositoryState> before;

    /** @param folder of the code, if there is one */
    WatchedRepository(Optional<Path> folder) {
        this.folder = folder;
        this.before = folder.flatMap(WatchedRepository::state);
    }

    /** A sentence, if something changed and some attempt ran without a sandbox. */
    Optional<String> changes(PlanView view) {
        if (before.isEmpty() || !ranWithoutSandbox(view)) return Optional.empty();
        var differences = folder.flatMap(WatchedRepository::state)
                .map(now -> now.since(before.get()))
                .orElse(List.of());
        if (differences.isEmpty()) return Optional.empty();
        var shown = String.join(", ", differences.subList(0, Math.min(MOST, differences.size())));
        var more = differences.size() > MOST ? ", and " + (differences.size() - MOST) + " more" : "";
        return Optional.of("While the plan ran, your repository changed: " + shown + more
                + ". The plan itself did not do that; agents ran without a sandbox.");
    }

    private static boolean ranWithoutSandbox(PlanView view) {
        return view.tasks().stream()
                .flatMap(task -> task.attempts().stream())
                .flatMap(attempt -> attempt.started().stream())
                .flatMap((PlanEvent.TaskStarted started) -> started.sandbox().stream())
                .anyMatch(SandboxText::isNone);
    }

    private static Optional<RepositoryState> state(Path folder) {
        try {
            return RepositoryState.around(folder);
        } catch (IOException e) {
            return Optional.empty(); // What cannot be read cannot be compared; taking the code says why.
        }
    }
}
