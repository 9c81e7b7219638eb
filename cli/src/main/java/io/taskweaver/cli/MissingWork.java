package io.taskweaver.cli;

import io.taskweaver.client.OpenTasks;
import io.taskweaver.client.replan.EarlierPlan;
import io.taskweaver.model.PlanId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a plan's code lacks, and whether the files of its last run still tell the truth. */
final class MissingWork {
    private static final Path FOLDER = Path.of("taskweaver-out");

    /** The plan of the usual output folder. */
    static final Path USUAL = FOLDER.resolve(EarlierPlan.FILE);

    private static final int MOST_NAMED = 10;

    private MissingWork() {}

    /** The plan, where the usual output folder is of it. */
    static Optional<EarlierPlan> written(PlanId id) {
        return written(USUAL, id);
    }

    static Optional<EarlierPlan> written(Path file, PlanId id) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            return EarlierPlan.read(file).filter(earlier -> earlier.plan().id().equals(id));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // Not a plan any more: then nothing is said of it either.
        }
    }

    /**
     * What to say of a plan's code.
     *
     * @param open tasks whose work is not in it
     * @param inCode ids of those whose work is
     * @param written what the last run wrote into the usual output folder
     * @param status command that shows the plan as it is now
     */
    static List<String> sentences(OpenTasks open, Set<String> inCode, Optional<EarlierPlan> written, String status) {
        var sentences = new ArrayList<String>();
        if (!open.isEmpty()) {
            boolean isOne = open.ids().size() == 1;
            sentences.add("Not in it, because " + (isOne ? "it is" : "they are") + " not merged"
                    + (open.isNow() ? "" : ", as " + USUAL + " says")
                    + ": " + String.join(", ", open.ids()) + "."
                    + (open.isNow()
                            ? " See " + status + "."
                            : " That file is as the last run wrote it; what was decided since (resolve, approve, retry)"
                                    + " is not in it. Why they are open is in " + FOLDER.resolve("report.md") + "."));
        }
        if (written.isPresent()) {
            var told = OpenTasks.of(written.get(), Set.of()).ids();
            var wrong = told.stream()
                    .filter(task -> open.isNow() ? !open.ids().contains(task) : inCode.contains(task))
                    .toList();
            if (!wrong.isEmpty())
                sentences.add("The files in " + FOLDER + " are older: to them " + named(wrong)
                        + (wrong.size() == 1 ? " is" : " are")
                        + " still open. The command of the run, repeated, writes them anew.");
        }
        return sentences;
    }

    private static String named(List<String> tasks) {
        return String.join(", ", tasks.subList(0, Math.min(MOST_NAMED, tasks.size())))
                + (tasks.size() > MOST_NAMED ? " and " + (tasks.size() - MOST_NAMED) + " more" : "");
    }

    /** What to say after a command to a plan whose files are in the usual output folder. */
    static Optional<String> afterCommand(PlanId id) {
        return written(id)
                .map(written -> "plan.json and report.md in " + FOLDER
                        + " do not change with it: the run writes them at its end, or its command, repeated.");
    }
}
