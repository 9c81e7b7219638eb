package io.taskweaver.examples;

import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.Sources;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.formats.ExchangeFormat;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.reports.picture.PictureFormat;
import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.planning.TaskLists;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads and plans a document, and prints what can be known before anything runs. Needs no running system. */
public final class PlanDocument {
    private final PrintStream out;

    private PlanDocument(PrintStream out) {
        this.out = out;
    }

    /** Arguments: REQUIREMENTS.md, a folder for what is written, and STRUCTURE.md if there is one. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2) {
            System.err.println("usage: PlanDocument REQUIREMENTS.md OUTPUT_FOLDER [STRUCTURE.md]");
            System.exit(2);
        }
        var sources = Sources.of(Path.of(arguments[0]));
        if (arguments.length > 2) sources = sources.structure(Path.of(arguments[2]));
        try {
            new PlanDocument(System.out).plan(sources, Path.of(arguments[1]));
        } catch (InvalidInput e) {
            System.err.println(e.getMessage());
            e.details().forEach(System.err::println);
            System.exit(2);
        }
    }

    private void plan(Sources sources, Path folder) throws IOException {
        var input = TaskWeaver.read(sources);
        for (var document : input.documents()) {
            var reading = TaskWeaver.parseRequirements(document);
            out.println(document.path() + ": " + reading.account().counts());
        }

        var plan = TaskWeaver.plan(input.submission(PlanOptions.DEFAULT));
        show(plan);
        for (int agents : List.of(1, 2, 4, 8)) {
            var simulation = TaskWeaver.simulate(plan, agents);
            out.printf(
                    "%d agents: %d minutes, %.0f %% of their time at work%n",
                    agents, simulation.makespan(), 100 * simulation.utilisation());
        }

        Files.createDirectories(folder);
        Files.writeString(folder.resolve("graph.html"), TaskWeaver.graph(plan, PictureFormat.HTML));
        Files.writeString(folder.resolve("STRUCTURE.md"), TaskWeaver.createStructure(Optional.of(plan), input.map()));
        var exported = TaskWeaver.exportTasks(TaskLists.of(plan), ExchangeFormat.TASK_MASTER);
        Files.writeString(folder.resolve("tasks.json"), exported.text());
        exported.losses().forEach(loss -> out.println("tasks.json: " + loss));

        var soon = TaskWeaver.generateQueries(plan, input.code(), QueryWriter.DEFAULT, task -> task.phase() <= 2);
        for (var query : soon)
            Files.writeString(
                    folder.resolve(query.task().id() + ".md"), query.query().text());
        out.println("Written to " + folder);
    }

    private void show(Plan plan) {
        out.println(plan.title() + ": " + plan.tasks().size() + " tasks in "
                + plan.phases().size() + " phases");
        out.println("critical path: " + plan.criticalPath());
        plan.notices().forEach(notice -> out.println("note: " + notice.message()));
        TaskWeaver.identifyDependencies(plan, Inference.Order.LISTED)
                .forEach((task, needs) -> needs.stream()
                        .filter(need -> need.confidence() >= 0.6)
                        .forEach(need -> out.println(task + " may need " + need.on() + ": " + need.because())));
    }
}
