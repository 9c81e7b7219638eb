package io.taskweaver.agents.command;

import io.taskweaver.agents.AgentCode;
import io.taskweaver.code.BroughtFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.PreparedFiles;
import io.taskweaver.code.WorkFolders;
import io.taskweaver.code.WorkTree;
import io.taskweaver.model.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prepares work trees: brings files of the user along, and has the plan's set-up command run, whose outcome is kept and
 * copied into each work tree that it fits. The command runs in a work tree of its own, so that what it makes does not depend
 * on who asked first.
 */
public final class TreePreparation {
    /** Bytes that the outcomes of set-up commands may have together, unless it is set. */
    public static final long MOST = 10L << 30;

    /** One more than once: what failed because of the network may succeed. */
    private static final int TRIES = 2;

    private final SetupCache cache;
    private final Environment environment;
    private final Sandbox sandbox;

    /**
     * @param folder where the outcomes of set-up commands are kept, the same for all executors of a machine
     * @param most bytes that they may have together
     * @param sandbox where commands run
     * @param inherited variables of this process
     */
    public TreePreparation(Path folder, long most, Sandbox sandbox, Map<String, String> inherited) {
        this.sandbox = sandbox;
        this.cache = new SetupCache(folder, most);
        this.environment = new Environment(inherited);
    }

    /** Result of a preparation. */
    public sealed interface Prepared {
        /** The work tree is ready. */
        record Ready(PreparedFiles files) implements Prepared {}

        /** The set-up command failed; the reason has the end of its output, without secrets. */
        record Failed(String reason) implements Prepared {}
    }

    /**
     * Prepares a work tree that was just made. An interrupt stops it.
     *
     * @param code what the work tree was made from, and what it gets besides
     * @param limit how long the set-up command may take
     * @throws IOException if it is impossible on this machine now
     */
    public Prepared prepare(WorkTree work, AgentCode code, Duration limit) throws IOException, InterruptedException {
        var wanted = code.preparation();
        var brought = bring(code, work.root());
        if (wanted.setup().isEmpty()) return ready(work, PreparedFiles.NONE, brought, wanted);
        return switch (used(code, limit, made -> {
            SetupCache.copy(made, work.root());
            return made.files();
        })) {
            case SetupCache.Found.Failed<PreparedFiles>(String reason) -> new Prepared.Failed(reason);
            case SetupCache.Found.Used<PreparedFiles>(PreparedFiles files) -> ready(work, files, brought, wanted);
        };
    }

    private static Prepared ready(WorkTree work, PreparedFiles files, List<String> brought, Preparation wanted)
            throws IOException {
        var all = files.with(brought, wanted.brought());
        work.ignore(all.added());
        return new Prepared.Ready(all);
    }

    /** Uses what the set-up command makes of this code; made for exactly this code if what it makes of others does not fit. */
    private <T> SetupCache.Found<T> used(AgentCode code, Duration limit, SetupCache.Use<T> use)
            throws IOException, InterruptedException {
        SetupCache.Maker maker = making -> make(code, making, limit);
        SetupCache.Use<Optional<T>> ifItFits = made ->
                made.files().fits(code.repository(), code.tree()) ? Optional.of(use.of(made)) : Optional.empty();
        return switch (cache.use(SetupKey.of(code), maker, ifItFits)) {
            case SetupCache.Found.Failed<Optional<T>>(String reason) -> new SetupCache.Found.Failed<>(reason);
            case SetupCache.Found.Used<Optional<T>>(Optional<T> fitting) ->
                fitting.isPresent()
                        ? new SetupCache.Found.Used<>(fitting.get())
                        : cache.use(SetupKey.exact(code), maker, use);
        };
    }

    /**
     * Why the set-up command fails on some code; empty if it succeeds. It runs only if its outcome is not known.
     *
     * @throws IOException if that cannot be found out on this machine now
     */
    public Optional<String> failure(AgentCode code, Duration limit) throws IOException, InterruptedException {
        if (code.preparation().setup().isEmpty()) return Optional.empty();
        return used(code, limit, made -> true) instanceof SetupCache.Found.Failed<Boolean>(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private static List<String> bring(AgentCode code, Path root) throws IOException {
        var brought = code.preparation().brought();
        return brought.isEmpty() ? List.of() : BroughtFiles.write(code.repository(), brought.get(), root);
    }

    private SetupCache.Making make(AgentCode code, Path making, Duration limit)
            throws IOException, InterruptedException {
        SetupCache.Making made = new SetupCache.Making.Failed("");
        for (int tries = 0; tries < TRIES && made instanceof SetupCache.Making.Failed; tries++)
            made = made(code, new RunFolder(making), limit);
        return made;
    }

    private SetupCache.Making made(AgentCode code, RunFolder run, Duration limit)
            throws IOException, InterruptedException {
        WorkFolders.delete(run.path());
        Files.createDirectories(run.path());
        var work = WorkTree.create(run.work(), code.repository(), code.commit(), code.tree());
        bring(code, work.root());
        Files.writeString(run.stdin(), "");
        var command = code.preparation().setup().orElseThrow();
        var hiding = hiding(environment, code.repository(), code.preparation());
        var end = new CheckCommand(run, hiding, sandbox)
                .run(List.of("bash", "-c", command), work.folder(code.prefix()), limit);
        return switch (end) {
            case CheckCommand.End.Stopped(String why) ->
                new SetupCache.Making.Failed(hiding.redacted("The set-up command '" + command + "' " + why));
            case CheckCommand.End.Exited(int exit, String printed, var _) ->
                exit == 0
                        ? done(code, work, run)
                        : new SetupCache.Making.Failed(
                                hiding.redacted("The set-up command '" + command + "' failed (exit " + exit + ")"
                                        + (printed.isEmpty() ? " and printed nothing." : ":\n" + printed)
                                        + sandbox.hint(environment.variables())
                                                .map(hint -> "\n" + hint)
                                                .orElse("")));
        };
    }

    private static SetupCache.Making done(AgentCode code, WorkTree work, RunFolder run)
            throws IOException, InterruptedException {
        // They are written into each work tree anyway: what is a secret need not lie in one more place.
        var brought = code.preparation().brought();
        if (brought.isPresent()) BroughtFiles.removeUnchanged(code.repository(), brought.get(), work.root());
        var files = PreparedFiles.of(work, code.repository(), code.tree());
        var content = SetupContent.take(files, work.root(), SetupCache.content(run.path()));
        work.remove();
        return new SetupCache.Making.Done(files, content);
    }

    /** Also hides what is in files that go with a plan's work trees. */
    static Environment hiding(Environment environment, CodeRepository code, Preparation preparation)
            throws IOException {
        return environment.redacting(BroughtSecrets.of(code, preparation).secrets());
    }
}
