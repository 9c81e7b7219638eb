package io.taskweaver.cli;

import io.taskweaver.client.BaseCode;
import io.taskweaver.client.InputFiles;
import io.taskweaver.client.TaskWeaver;
import io.taskweaver.code.BroughtFiles;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.ComponentNames;
import io.taskweaver.model.FilePath;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.Submission;
import io.taskweaver.reports.Counts;
import io.taskweaver.scheduling.planning.PlanIds;
import io.taskweaver.scheduling.refine.Refinery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a plan is made of. */
final class InputOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    /** Most paths of one line. */
    private static final int MOST_LISTED = 8;

    @Parameters(
            paramLabel = "DOCUMENT",
            arity = "1..*",
            description =
                    "Requirements documents (Markdown or plain text, UTF-8), or a task list of this or another tool; - for"
                            + " standard input.")
    private List<Path> documents = List.of();

    @Option(
            names = "--structure",
            paramLabel = "FILE",
            description = "STRUCTURE.md: components, interfaces, dependencies.")
    private @Nullable Path structure;

    @Option(
            names = "--code",
            paramLabel = "DIR",
            description = "Existing code base. Files that .gitignore excludes are left out.")
    private @Nullable Path code;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Coding agent; taskweaver agents lists them (default: codegen if its credentials are set, else"
                            + " simulated). With several, a task that one agent gives up goes to the next.")
    private List<String> agents = List.of();

    @Option(
            names = "--verify",
            paramLabel = "COMMAND",
            description = "Command that must succeed, e.g. 'mvn -q test': on the code that the plan starts from, on the"
                    + " result of each task alone (if it fails, the next attempt gets its output), on results"
                    + " together before they are merged, and on the whole.")
    private @Nullable String verify;

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--allow-failing-base",
            description = "Lets a plan start from code on which --verify fails. Results may have the failures that the"
                    + " code before them has; the plan must end without any.")
    private boolean allowFailingBase;

    @Mixin
    private SandboxOption sandbox;

    @Option(
            names = "--since",
            paramLabel = "DIR",
            description =
                    "Output folder of an earlier run, such as taskweaver-out. Tasks that it merged and that have not"
                            + " changed since are not run again.")
    private @Nullable Path since;

    @HelpHeading("Work trees")
    @Option(
            names = "--setup",
            paramLabel = "COMMAND",
            description =
                    "Command that prepares each work tree, for agents and --verify, e.g. 'npm ci'. It runs once for the same"
                            + " lock files; what it makes is copied into the other work trees and is never part of a"
                            + " result.")
    private @Nullable String setup;

    @HelpHeading("Work trees")
    @Option(
            names = "--bring",
            paramLabel = "PATTERN",
            description =
                    "Files of --code that Git ignores or does not know, e.g. .env, to put into each work tree. They are never"
                            + " part of a result. A Git pathspec; can be repeated.")
    private List<String> bring = List.of();

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--agent-for",
            paramLabel = "KIND=NAME",
            description =
                    "Coding agents for one kind of task: work, reconcile, or a tag, e.g. foundation=claude. Overrides"
                            + " --agent. Can be repeated; the first kind that a task has wins.")
    private Map<String, String> agentsFor = new LinkedHashMap<>();

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--approve-before",
            paramLabel = "KIND",
            split = ",",
            description = "Kinds of task that need taskweaver approve before they start: work, reconcile, or tags.")
    private List<String> gates = List.of();

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--review",
            paramLabel = "KIND",
            split = ",",
            description =
                    "Kinds of task whose results need taskweaver approve before they are merged: all, work, reconcile, or"
                            + " tags. taskweaver reject gives a task another attempt.")
    private List<String> reviews = List.of();

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--max-rejections",
            paramLabel = "N",
            defaultValue = "" + PlanOptions.USUAL_REJECTIONS,
            description = "Rejected results after which a task fails (default: ${DEFAULT-VALUE}). They do not count as"
                    + " --max-attempts.")
    private int maxRejections;

    @Mixin
    private RemoteOptions remote;

    @Mixin
    private LimitOptions limits;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            defaultValue = "0",
            description = "Maximum number of tasks in flight (default: the slots of all executors).")
    private int maxConcurrent;

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Maximum number of attempts for a task (default: ${DEFAULT-VALUE}).")
    private int maxAttempts;

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--attempt-timeout",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Maximum duration of an attempt (default: ${DEFAULT-VALUE}).")
    private int attemptTimeoutMinutes;

    @HelpHeading("Plan")
    @Option(
            names = "--base-package",
            paramLabel = "NAME",
            defaultValue = "app",
            description = "Java package of generated interfaces (default: ${DEFAULT-VALUE}).")
    private String basePackage = "app";

    @Mixin
    private ContractsOption contracts;

    @HelpHeading("Agents and attempts")
    @Option(
            names = "--overlap",
            paramLabel = "HOW",
            defaultValue = "avoid",
            description =
                    "Tasks that are expected to touch the same files at the same time: allow, avoid: only if nothing else"
                            + " can run, or forbid: one after the other is merged (default: ${DEFAULT-VALUE}).")
    private OverlapMode overlap = OverlapMode.AVOID;

    @HelpHeading("Plan")
    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "Title of the plan (default: the heading of the first document).")
    private @Nullable String title;

    @HelpHeading("Plan")
    @Option(
            names = "--plan",
            paramLabel = "ID",
            description = "Id of the plan (default: derived from the input; the same input continues the same plan).")
    private @Nullable String plan;

    @HelpHeading("Plan")
    @Option(names = "--again", description = "Run the same input as a new plan.")
    private boolean again;

    @HelpHeading("Plan")
    @Option(
            names = "--refine",
            description = "Ask the agent first what the plan is unsure of, if anything. Each answer is checked, and the"
                    + " difference reported; without a usable answer the plan is unchanged. The plan has"
                    + " another id than without --refine.")
    private boolean refine;

    /**
     * A plan as it is to be run.
     *
     * @param submission from which the same plan is made again
     * @param changes to make in that
     */
    record Refined(Submission submission, List<PlanChange> changes, Plan plan) {
        Refined {
            changes = List.copyOf(changes);
        }
    }

    /**
     * The input of a command.
     *
     * @param ownCode the code base as it was named, without what an earlier run made
     * @param finished changes that mark what an earlier run finished
     * @param refine whether the agent is asked what its plan is unsure of
     * @param notes what to tell about it
     * @param agentNote what to tell about who will do the work
     * @param base the code base as a commit; empty if there is none
     * @param named options of the plan that were written
     */
    record Input(
            Submission submission,
            List<CodeFile> ownCode,
            List<PlanChange> finished,
            boolean refine,
            List<String> notes,
            Optional<String> agentNote,
            Optional<BaseCode> base,
            NamedOptions named)
            implements AutoCloseable {
        Input {
            ownCode = List.copyOf(ownCode);
            finished = List.copyOf(finished);
            notes = List.copyOf(notes);
        }

        /** Its plan without what is finished, refined by the agent if that is wanted; what comes of that is reported. */
        Refined refined(Plan plan, CommandContext context, Consumer<String> report) {
            var begun = Refinery.refine(plan, finished);
            if (!refine) return new Refined(submission, begun.accepted(), begun.plan());
            var result = PlanRefining.refine(
                    submission, begun.plan(), finished, submission.options().agent(), context);
            result.lines().forEach(report);
            return new Refined(result.submission(), result.changes(), result.plan());
        }

        /** Folder of the code base, which may be another copy of the code that the plan started from. */
        Optional<Path> codeFolder() {
            return base.map(taken -> taken.commit().folder())
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of);
        }

        @Override
        public void close() {
            base.ifPresent(BaseCode::close);
        }

        /** The submission as its results report it: without what an earlier run made. */
        Submission reported() {
            return new Submission(
                    submission.plan(),
                    submission.documents(),
                    submission.structure(),
                    ownCode,
                    submission.findings(),
                    submission.options());
        }
    }

    /**
     * Reads everything.
     *
     * @param own files and folders of this program, which are not part of the code
     * @throws CommandFailure naming all that cannot be read or is out of range
     */
    Input read(CommandContext context, Set<Path> own) {
        checkNumbers();
        var workedOn = remote.read(code);
        var brought = brought(own);
        var files = InputFiles.read(context.sources(documents, structure, code).without(filesOf(brought)));
        var choice = AgentChoice.of(agents.isEmpty() ? null : agents.getFirst(), context);
        var fallbacks = agents.stream()
                .skip(1)
                .map(name -> AgentChoice.of(name, context))
                .toList();
        if (agents.stream().distinct().count() < agents.size())
            throw CommandFailure.badInput(
                    "--agent names the same agent twice.",
                    "Name each agent once; --max-attempts sets the number of attempts.");
        var byKind = agentsByKind(context);
        var options = PlanOptions.DEFAULT.toBuilder()
                .title(Optional.ofNullable(title))
                .agent(choice.name())
                .fallbacks(names(fallbacks))
                .agentsFor(namesOf(byKind))
                .gates(Set.copyOf(gates))
                .reviews(Set.copyOf(reviews))
                .maxRejections(maxRejections)
                .maxConcurrent(maxConcurrent)
                .maxAttempts(maxAttempts)
                .attemptTimeout(Duration.ofMinutes(attemptTimeoutMinutes))
                .limits(limits.read())
                .basePackage(basePackage)
                .verify(Optional.ofNullable(verify))
                .allowFailingBase(allowFailingBase)
                .contracts(contracts.mode())
                .overlap(overlap)
                .preparation(Optional.of(Preparation.by(Optional.ofNullable(setup))))
                .sandboxed(sandbox.isRequired())
                .remote(workedOn)
                .build();
        var submission = files.submission(planId(files, options, context), options);
        var notes = new ArrayList<>(files.notes());
        notes.addAll(preparing(brought));
        workedOn.ifPresent(where -> {
            notes.add("Agents of services work on " + where.name() + " (" + where.url()
                    + "): the code is pushed there as branches taskweaver/" + submission.plan() + "/...");
            Stream.of(
                            Stream.of(choice),
                            fallbacks.stream(),
                            byKind.values().stream().flatMap(List::stream))
                    .flatMap(each -> each)
                    .filter(agent -> agent.isCommand(context))
                    .map(AgentChoice::name)
                    .distinct()
                    .forEach(name -> notes.add(
                            "The agent " + name + " works in folders of its own: --remote does not concern it."));
        });
        var base = base(own, brought);
        try {
            base.ifPresent(taken -> notes.addAll(likelySecrets(taken)));
            base.ifPresent(remote::checkCommitted);
            return since == null
                    ? input(submission, files, List.of(), notes, choice, base)
                    : continued(since, submission, files, notes, choice, base);
        } catch (RuntimeException e) {
            base.ifPresent(BaseCode::close);
            throw e;
        }
    }

    /** Whether commands run in a sandbox. */
    SandboxOption sandbox() {
        return sandbox;
    }

    private Input input(
            Submission submission,
            InputFiles files,
            List<PlanChange> finished,
            List<String> notes,
            AgentChoice choice,
            Optional<BaseCode> base) {
        var started = base.map(taken -> withBase(submission, taken)).orElse(submission);
        return new Input(started, files.code(), finished, refine, notes, choice.note(), base, named());
    }

    private NamedOptions named() {
        var names = new HashSet<String>();
        for (var option : spec.commandLine().getParseResult().matchedOptions()) names.add(option.longestName());
        return new NamedOptions(names);
    }

    private Submission withBase(Submission submission, BaseCode base) {
        var options = submission.options().from(base.commit());
        var own = Preparation.by(Optional.ofNullable(setup));
        return new Submission(
                submission.plan(),
                submission.documents(),
                submission.structure(),
                submission.code(),
                submission.findings(),
                submission.rulings(),
                options.preparedBy(base.brought()
                        .map(commit -> own.bringing(bring, commit))
                        .orElse(own)));
    }

    /** What {@code --bring} names; empty if it names nothing. */
    private Optional<BroughtFiles> brought(Set<Path> without) {
        if (bring.isEmpty()) return Optional.empty();
        if (code == null)
            throw CommandFailure.badInput(
                    "--bring names files of the code, and there is no --code.", "Name its folder with --code DIR.");
        if (!Files.isDirectory(code)) return Optional.empty(); // Reading the code says so.
        try {
            return Optional.of(BroughtFiles.find(code, bring, without));
        } catch (IOException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** The files below the code, as who reads it comes across them. */
    private Set<Path> filesOf(Optional<BroughtFiles> brought) {
        if (brought.isEmpty() || code == null) return Set.of();
        var files = new HashSet<Path>();
        try {
            var real = code.toRealPath();
            for (var path : brought.get().paths()) {
                var file = brought.get().root().resolve(path);
                if (file.startsWith(real))
                    files.add(code.toAbsolutePath().normalize().resolve(real.relativize(file)));
            }
            return files;
        } catch (IOException e) {
            throw CommandFailure.badInput("The code cannot be read: " + e.getMessage() + ".", "");
        }
    }

    /** Notes about what work trees get besides the code. */
    private List<String> preparing(Optional<BroughtFiles> brought) {
        var notes = new ArrayList<String>();
        brought.ifPresent(files -> {
            if (!files.isEmpty())
                notes.add("Each work tree gets " + Counts.of(files.paths().size(), "file")
                        + " besides the code, never part of a result: " + listed(files.paths()) + ".");
            if (!files.needless().isEmpty())
                notes.add(
                        "--bring is not needed for files that are part of the code: " + listed(files.needless()) + ".");
        });
        if (setup != null && !setup.isBlank())
            notes.add("Each work tree is set up with: " + setup.strip()
                    + " (once for the same lock files, then copied).");
        return notes;
    }

    /** A note about files that were hardly meant to be part of the code. */
    private static List<String> likelySecrets(BaseCode base) {
        try {
            var secrets = base.likelySecrets();
            if (secrets.isEmpty()) return List.of();
            return List.of("warning: Git neither tracks nor ignores " + listed(secrets) + ", so "
                    + (secrets.size() == 1 ? "it is" : "they are")
                    + " part of the code: agents and the topics of the plan get "
                    + (secrets.size() == 1 ? "it" : "them")
                    + ", and the branch may. If there are secrets in it, press Ctrl-C, ignore it (echo '"
                    + FilePath.visible(secrets.getFirst())
                    + "' >>.gitignore) and run again; --bring puts it into work trees all the same.");
        } catch (IOException e) {
            throw CommandFailure.badInput("The code cannot be read: " + e.getMessage() + ".", "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static String listed(List<String> paths) {
        var shown = paths.stream().limit(MOST_LISTED).map(FilePath::visible).collect(Collectors.joining(", "));
        return paths.size() > MOST_LISTED ? shown + " and " + (paths.size() - MOST_LISTED) + " more" : shown;
    }

    private Map<String, List<AgentChoice>> agentsByKind(CommandContext context) {
        var byKind = new LinkedHashMap<String, List<AgentChoice>>();
        agentsFor.forEach((kind, names) -> byKind.put(
                kind,
                Stream.of(names.split(",", -1))
                        .map(name -> AgentChoice.of(name, context))
                        .toList()));
        return byKind;
    }

    private static Map<String, List<String>> namesOf(Map<String, List<AgentChoice>> byKind) {
        var names = new LinkedHashMap<String, List<String>>();
        byKind.forEach((kind, choices) -> names.put(kind, names(choices)));
        return names;
    }

    private static List<String> names(List<AgentChoice> choices) {
        return choices.stream().map(AgentChoice::name).toList();
    }

    /** The code as a commit. */
    private Optional<BaseCode> base(Set<Path> without, Optional<BroughtFiles> brought) {
        if (code == null) return Optional.empty();
        try {
            return Optional.of(
                    brought.isPresent() ? BaseCode.take(code, without, brought.get()) : BaseCode.take(code, without));
        } catch (IOException e) {
            throw CommandFailure.badInput(String.valueOf(e.getMessage()), "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CommandFailure interrupted() {
        Thread.currentThread().interrupt();
        return CommandFailure.interrupted();
    }

    /** The submission that continues an earlier run. */
    private Input continued(
            Path folder,
            Submission submission,
            InputFiles files,
            List<String> told,
            AgentChoice choice,
            Optional<BaseCode> base) {
        var since = Since.read(folder, submission, TaskWeaver.plan(submission), again, plan != null);
        var notes = new ArrayList<>(told);
        notes.addAll(since.notes());
        try {
            var from = base.isEmpty() && !since.merged().isEmpty() ? Optional.of(BaseCode.nothing()) : base;
            var over = from.isEmpty() ? from : Optional.of(from.get().over(since.merged()));
            return input(since.submission(), files, since.finished(), notes, choice, over);
        } catch (IOException e) {
            throw CommandFailure.badInput("The code cannot be read: " + e.getMessage() + ".", "");
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private PlanId planId(InputFiles files, PlanOptions options, CommandContext context) {
        if (plan != null) {
            try {
                return new PlanId(plan);
            } catch (IllegalArgumentException e) {
                throw CommandFailure.badInput(
                        "'" + plan + "' is not a plan id.",
                        "Use up to 100 lower-case letters, digits, '.', '_' and '-', starting with a letter or digit.");
            }
        }
        var made = files.submission(options).plan();
        var derived = refine ? PlanIds.refined(made) : made;
        return again ? PlanIds.again(derived, context.clock().millis()) : derived;
    }

    private void checkNumbers() {
        if (maxConcurrent < 0)
            throw CommandFailure.badInput("--max-concurrent is " + maxConcurrent + ".", "Use 0 for no limit, or more.");
        if (maxRejections < 1)
            throw CommandFailure.badInput("--max-rejections is " + maxRejections + ".", "Use 1 or more.");
        if (maxAttempts < 1) throw CommandFailure.badInput("--max-attempts is " + maxAttempts + ".", "Use 1 or more.");
        if (attemptTimeoutMinutes < 1)
            throw CommandFailure.badInput("--attempt-timeout is " + attemptTimeoutMinutes + ".", "Use 1 or more.");
        if (!ComponentNames.isPackageName(basePackage))
            throw CommandFailure.badInput(
                    "'" + basePackage + "' is not a Java package name.", "Use e.g. --base-package com.example.app");
    }
}
