package io.taskweaver.cli;

import io.taskweaver.cli.runtime.LocalRuntime;
import io.taskweaver.client.Connection;
import io.taskweaver.client.TemplateFolder;
import io.taskweaver.domain.query.QueryTemplates;
import io.taskweaver.domain.query.TemplateReading;
import io.taskweaver.domain.query.TemplateReading.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** By which templates prompts are written. */
public final class TemplateOptions {
    @Option(
            names = "--templates",
            paramLabel = "DIR",
            description = "Folder with templates of prompts (default: those of the program; generate-queries"
                    + " --print-templates writes them).")
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
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "--templates " + folder + " is no folder.",
                    "Make one with: taskweaver generate-queries --print-templates " + folder);
        try {
            return switch (TemplateFolder.read(folder)) {
                case TemplateReading.Usable(var templates) -> templates;
                case TemplateReading.Faulty(var faults) ->
                    throw new CommandFailure(
                            ExitCode.BAD_INPUT,
                            "The templates in " + folder + " can not be used.",
                            faults.stream().map(Fault::toString).toList(),
                            "");
            };
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The templates in " + folder + " can not be read: " + e.getMessage() + ".",
                    "They have to be text in UTF-8.");
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
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "The runtime is up already, and goes on with the templates that it was started with.",
                "Stop it with taskweaver down, and run this again; or leave --templates out.");
    }

    /** @throws CommandFailure if templates were named: a cluster's executors have their own */
    void areNoneFor(Connection cluster) {
        if (folder != null)
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The executors of the cluster at " + cluster.bootstrap()
                            + " write prompts by templates of their own.",
                    "Set taskweaver.executor.templates there, and leave --templates out.");
    }
}
