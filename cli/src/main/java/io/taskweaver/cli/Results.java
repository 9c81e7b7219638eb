package io.taskweaver.cli;

import io.taskweaver.cli.progress.Progress;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.client.output.OutputFolder;
import io.taskweaver.client.output.RunOutput;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.model.Plan;
import io.taskweaver.model.Submission;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The output folder of a command, with its errors in words. */
final class Results {
    private final Path shown;
    private final OutputFolder folder;
    private final CommandContext context;

    private Results(Path shown, OutputFolder folder, CommandContext context) {
        this.shown = shown;
        this.folder = folder;
        this.context = context;
    }

    /**
     * Tries the folder out before anything starts.
     *
     * @throws CommandFailure if nothing can be written there
     */
    static Results open(Path out, CommandContext context) {
        try {
            return new Results(out, OutputFolder.open(out), context);
        } catch (OutputFolder.Refused e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    String.valueOf(e.getMessage()),
                    "Name a folder that can be written to with --out.");
        }
    }

    /**
     * Writes what there is; where the context service does not answer, merged files of an earlier run stay.
     *
     * @return why merged files are missing from the results
     */
    Optional<SystemUnavailable> write(
            Plan plan, Submission submission, PlanView view, TaskWeaver system, Progress progress) {
        try {
            write(plan, submission, view, system.mergedContext(plan.id()), true, progress);
            return Optional.empty();
        } catch (SystemUnavailable e) {
            progress.note("Merged files are missing from the results: " + e.getMessage() + " " + e.hint());
            write(plan, submission, view, MergedView.NONE, false, progress);
            return Optional.of(e);
        }
    }

    /** Writes a plan that nothing has run of. */
    void write(Plan plan, Submission submission, PlanView view, Progress progress) {
        write(plan, submission, view, MergedView.NONE, false, progress);
    }

    private void write(
            Plan plan, Submission submission, PlanView view, MergedView merged, boolean complete, Progress progress) {
        var files = RunOutput.files(plan, view, merged, context.clock().instant());
        try {
            var earlier = EarlierPlan.idIn(shown.resolve(EarlierPlan.FILE));
            var written = folder.write(files, complete);
            if (earlier.isPresent() && !earlier.get().equals(plan.id()))
                progress.note(shown + " had the results of plan " + earlier.get()
                        + ": those of this plan replace them. Another folder by --out keeps both.");
            for (var kept : written.kept())
                progress.note(shown.resolve(kept) + " was not ours: it is kept as " + kept + ".bak");
            for (var refused : written.refused()) progress.note("not written: " + refused);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.PLAN_FAILED,
                    "The results cannot be written to " + shown + ": " + StorageFailure.cause(e) + ".",
                    "Make room there, or name another folder with --out; the same command writes them again.");
        }
    }

    @Override
    public String toString() {
        return shown.toString();
    }
}
