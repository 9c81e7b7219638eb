package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.client.Connection;
import io.taskweaver.client.TemplateFolder;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.prompts.QueryTemplates;
import io.taskweaver.prompts.TemplateReading;
import io.taskweaver.prompts.TemplateReading.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which templates prompts are written. */
@HelpHeading("Prompts")
public final class TemplateOptions {
    @Option(
            names = "--templates",
            paramLabel = "DIR",
            description = "Folder with prompt templates (default: built in; to get a copy, run generate-queries"
                    + " --print-templates DIR).")
    private @Nullable Path folder;

    /** The folder that was named. */
    Optional<Path> folder() {
        return Optional.ofNullable(folder);
    }

    /**
     * The templates to use.
     *
     * @throws CommandFailure naming each faulty line
     */
    public QueryTemplates read() {
        if (folder == null) return QueryTemplates.DEFAULT;
        if (!Files.isDirectory(folder))
            throw CommandFailure.badInput(
                    "--templates " + folder + " is not a folder.",
                    "Create it with: taskweaver generate-queries --print-templates " + folder);
        try {
            return switch (TemplateFolder.read(folder)) {
                case TemplateReading.Usable(var templates) -> templates;
                case TemplateReading.Faulty(var faults) ->
                    throw CommandFailure.badInput(
                            "The templates in " + folder + " have errors.",
                            faults.stream().map(Fault::toString).toList(),
                            "");
            };
        } catch (IOException e) {
            throw CommandFailure.badInput(
                    "The templates in " + folder + " cannot be read: " + StorageFailure.cause(e) + ".",
                    StorageFailure.remedy(e, "Templates must be UTF-8 text."));
        }
    }

    /**
     * Makes sure that the templates can be used, before anything starts.
     *
     * @throws CommandFailure naming each faulty line
     */
    void check() {
        if (folder != null) read();
    }

    /** Whether a runtime writes by these templates. */
    boolean fit(LocalRuntime runtime) {
        return folder == null || runtime.wasStarted();
    }

    CommandFailure otherwiseStarted() {
        return CommandFailure.badInput(
                "A running runtime keeps the templates that it was started with.",
                "Stop it with taskweaver down and run this again, or leave --templates out.");
    }

    /** @throws CommandFailure if templates were named: a cluster's executors have their own */
    void areNoneFor(Connection cluster) {
        if (folder != null)
            throw CommandFailure.badInput(
                    "--templates has no effect on the cluster at " + cluster.bootstrap()
                            + ": its executors use their own templates.",
                    "Set taskweaver.executor.templates on the executors, and leave --templates out.");
    }
}
