package io.taskweaver.cli;

import io.taskweaver.client.replan.Continuation;
import io.taskweaver.client.replan.EarlierRun;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.reports.Counts;
import io.taskweaver.requirements.tasks.TaskCsv;
import io.taskweaver.wire.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A submission that goes on from an earlier run, with errors in words.
 *
 * @param submission with the id and the code of the plan that goes on
 * @param finished changes that mark what is finished
 * @param merged files that the earlier run made, path to text
 * @param notes what to tell about it
 */
record Since(Submission submission, List<PlanChange> finished, Map<String, String> merged, List<String> notes) {
    private static final String WITHOUT = "To run everything again, leave --since out.";

    Since {
        finished = List.copyOf(finished);
        notes = List.copyOf(notes);
    }

    /**
     * Reads the folder of an earlier run.
     *
     * @param fresh the plan from nothing
     * @param anew whether another plan is wanted even if it is the same
     * @param named whether a person chose the plan's id
     * @throws CommandFailure if nothing can be gone on from
     */
    static Since read(Path folder, Submission submission, Plan fresh, boolean anew, boolean named) {
        if (submission.documents().stream().anyMatch(document -> TaskCsv.isTaskList(document.content())))
            throw CommandFailure.badInput(
                    "--since works with documents, not with a task list.",
                    "Mark finished tasks as done in the list, and leave --since out.");
        var earlier = earlier(folder, Topics.MAX_SUBMISSION_BYTES - bytes(submission));
        var continuation = Continuation.of(earlier, submission, fresh, anew);
        var id = named || anew ? submission.plan() : continuation.plan();
        return new Since(
                new Submission(
                        id,
                        submission.documents(),
                        submission.structure(),
                        continuation.code(),
                        submission.findings(),
                        submission.options()),
                continuation.finished(),
                texts(continuation.merged()),
                notes(folder, fresh, continuation));
    }

    private static Map<String, String> texts(List<CodeFile> files) {
        var texts = new TreeMap<String, String>();
        for (var file : files) file.content().ifPresent(text -> texts.put(file.path(), text));
        return texts;
    }

    private static EarlierRun earlier(Path folder, long budget) {
        EarlierRun earlier;
        try {
            earlier = EarlierRun.read(folder, budget)
                    .orElseThrow(() -> CommandFailure.badInput(
                            folder + " is not the output folder of a run: it contains no plan.json of a run.",
                            "Name the output folder of a run, such as taskweaver-out. " + WITHOUT));
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.badInput(
                    folder + " cannot be read: " + e.getMessage() + ".", "Check its permissions.");
        } catch (IllegalArgumentException e) {
            throw CommandFailure.badInput(folder + "/plan.json is not a valid plan: " + e.getMessage() + ".", WITHOUT);
        }
        if (earlier.complete()) return earlier;
        throw CommandFailure.badInput(
                folder + "/merged is too large to submit.",
                "Copy its files into the code base and name that with --code. " + WITHOUT);
    }

    private static long bytes(Submission submission) {
        long documents = submission.documents().stream().mapToLong(Since::bytes).sum()
                + submission.structure().map(Since::bytes).orElse(0L);
        return documents
                + submission.code().stream()
                        .mapToLong(file -> file.path().length()
                                + file.content().map(Since::bytes).orElse(0L))
                        .sum();
    }

    private static long bytes(Document document) {
        return bytes(document.content());
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<String> notes(Path folder, Plan fresh, Continuation continuation) {
        long work = fresh.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done())
                .count();
        var notes = new ArrayList<String>();
        notes.add(continuation.finished().size() + " of " + Counts.of(work, "task")
                + (work == 1 ? " was" : " were") + " finished by the run in " + folder + "; "
                + (work - continuation.finished().size()) + " left.");
        if (!continuation.replaced().isEmpty())
            notes.add("These files of --code differ from the results of that run, which are used: "
                    + String.join(", ", continuation.replaced()) + ".");
        return notes;
    }
}
