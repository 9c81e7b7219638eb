package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.command.BroughtSecrets;
import io.taskweaver.executor.AttemptInput.Loaded;
import io.taskweaver.executor.StopSignal.Stopped;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Loads what an attempt is given, and knows what it gave last. */
final class AttemptInputs {
    private static final String UNREADABLE = "The plan's code cannot be read on this machine";
    private static final String NOT_BROUGHT = "What --bring named cannot be read here";

    private final TaskReady issued;
    private final Attempt attempt;
    private final ContextSource contexts;
    private final PlanRepositories code;
    private final ExecutorSecrets ofExecutor;
    private final StopSignal stop;
    private final ProgressReporter progress;
    private final StorageWait storage;

    private ExecutorSecrets secrets;
    private @Nullable AttemptInput loaded;

    /**
     * @param secrets of this executor
     * @param progress says what is waited for
     * @param storage waits for storage of this machine
     */
    AttemptInputs(
            IssuedAttempt ready,
            ContextSource contexts,
            PlanRepositories code,
            ExecutorSecrets secrets,
            StopSignal stop,
            ProgressReporter progress,
            StorageWait storage) {
        this.issued = ready.event();
        this.attempt = ready.attempt();
        this.contexts = contexts;
        this.code = code;
        this.ofExecutor = secrets;
        this.secrets = secrets;
        this.stop = stop;
        this.progress = progress;
        this.storage = storage;
    }

    /** What is loaded has the given version afterwards. */
    Loaded at(long version) throws Stopped, InterruptedException {
        var here = loaded;
        return here != null && here.context().version() == version
                ? new Loaded.Here(here)
                : load(OptionalLong.of(version));
    }

    /**
     * Loads it.
     *
     * @param version of the context; empty for the newest
     */
    Loaded load(OptionalLong version) throws Stopped, InterruptedException {
        var fetched = stop.interruptibly(() -> contexts.fetch(attempt, version, progress::waiting));
        return switch (fetched) {
            case ContextSource.NotInTime(String reason) -> new Loaded.NotInTime(reason);
            case ContextSource.Denied(String reason) -> new Loaded.Denied(reason);
            case ContextSource.Available(IsolatedContext given) -> withCode(given.checkedBy(issued.verify()));
        };
    }

    private Loaded withCode(IsolatedContext given) throws Stopped, InterruptedException {
        try {
            var found = storage.stored(
                    UNREADABLE,
                    () -> stop.interruptibly(() -> StartCode.find(
                            code, issued.plan(), given.code(), preparation().brought())));
            return switch (found) {
                case StartCode.Found.Missing(String reason) -> new Loaded.NotInTime(reason);
                case StartCode.Found.Unreadable(String reason) -> new Loaded.Denied(reason);
                case StartCode.Found.Here(StartCode start) -> here(new AttemptInput(given, start));
            };
        } catch (IOException e) {
            return new Loaded.Denied(UNREADABLE + ": " + StorageFailure.explained(e));
        }
    }

    private Loaded here(AttemptInput input) throws Stopped, InterruptedException {
        try {
            secrets = ofExecutor.with(storage.stored(
                    NOT_BROUGHT, () -> BroughtSecrets.of(input.code().repository(), preparation())));
        } catch (IOException e) {
            return new Loaded.Denied(NOT_BROUGHT + ": " + StorageFailure.explained(e));
        }
        loaded = input;
        return new Loaded.Here(input);
    }

    /** Those of this executor, and of the files that were brought along once these are here. */
    ExecutorSecrets secrets() {
        return secrets;
    }

    String masked(String text) {
        return secrets.hidden().masked(text);
    }

    /** How work trees are prepared. */
    Preparation preparation() {
        return issued.preparation().orElse(Preparation.NONE);
    }

    /** Version of the context that was loaded last; 0 for none. */
    long version() {
        return loaded == null ? 0 : loaded.context().version();
    }

    /** Failures that the code had before. */
    List<String> knownFailures() {
        return loaded == null ? List.of() : loaded.context().knownFailures();
    }
}
