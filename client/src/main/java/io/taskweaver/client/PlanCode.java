package io.taskweaver.client;

import io.taskweaver.code.AppliedLine;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.LineApply;
import io.taskweaver.code.LineBundle;
import io.taskweaver.code.LineFolder;
import io.taskweaver.code.LinePatch;
import io.taskweaver.code.PlanDifference;
import io.taskweaver.code.PlanLine;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.code.UserRepository;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The code that a plan made, as commits, and the ways to have it: as a branch of the user's repository, in its working tree,
 * as patches, or as a difference to read. It comes from a running system, or from the data folder of one that has ended.
 */
public final class PlanCode implements AutoCloseable {
    private static final BaseCommit NOWHERE = new BaseCommit("", "0".repeat(40), "");

    private final PlanId plan;
    private final PlanLine line;
    private final CodeRepository code;
    private final Path target;
    private final @Nullable TemporaryFolder temporary;

    private PlanCode(
            PlanId plan, PlanLine line, CodeRepository code, Path target, @Nullable TemporaryFolder temporary) {
        this.plan = plan;
        this.line = line;
        this.code = code;
        this.target = target;
        this.temporary = temporary;
    }

    /**
     * Where the result belongs: a folder that somebody named, else the one that the plan started from if this machine has
     * it, else the current one.
     */
    public record Target(Optional<Path> named, Path current) {
        private Path of(BaseCommit base) {
            if (named.isPresent()) return named.get().toAbsolutePath().normalize();
            var folder = Path.of(base.folder());
            return !base.folder().isEmpty() && Files.isDirectory(folder)
                    ? folder
                    : current.toAbsolutePath().normalize();
        }
    }

    /**
     * Where the result of a plan will belong that may not have run yet.
     *
     * @param dataFolder data folder of its runtime, which has the code of a plan that ran before
     */
    public static Path target(Path dataFolder, PlanId plan, Target target) throws IOException {
        return target.of(LineFolder.base(LineFolder.of(dataFolder, plan)).orElse(NOWHERE));
    }

    /** What there is of a plan. */
    public sealed interface Found {
        /** Its code; to be closed. */
        record Code(PlanCode code) implements Found {}

        /** Nothing is merged yet. */
        record NothingMerged() implements Found {}

        /** No such plan, or none with code. */
        record Unknown() implements Found {}
    }

    /**
     * Fetches the code from a running system.
     *
     * @throws SystemUnavailable if its context service does not answer
     */
    public static Found ofSystem(Connection connection, PlanId plan, Target target)
            throws IOException, InterruptedException {
        try (var client = new LineClient(connection)) {
            var line = client.line(plan);
            if (line.isEmpty()) return new Found.Unknown();
            if (line.get().isEmpty()) return new Found.NothingMerged();
            return fetched(
                    client,
                    plan,
                    line.get().base(),
                    Optional.empty(),
                    target.of(line.get().base()));
        }
    }

    /**
     * Fetches a result that is not merged from a running system, with the code that it started from.
     *
     * @param commit of the result
     * @return empty if the system has no such commit
     * @throws SystemUnavailable if its context service does not answer
     */
    public static Optional<PlanCode> ofResult(Connection connection, PlanId plan, String commit, Target target)
            throws IOException, InterruptedException {
        try (var client = new LineClient(connection)) {
            var line = client.line(plan);
            if (line.isEmpty()) return Optional.empty();
            var base = line.get().base();
            return fetched(client, plan, base, Optional.of(commit), target.of(base)) instanceof Found.Code found
                    ? Optional.of(found.code())
                    : Optional.empty();
        }
    }

    /**
     * Fetches the code from a running system, up to its head also where nothing is merged, with a result that is not merged.
     *
     * @param result commit of the result; empty for none
     * @return empty if the system has no such plan or commit
     * @throws SystemUnavailable if its context service does not answer
     */
    public static Optional<PlanCode> withResult(
            Connection connection, PlanId plan, Optional<String> result, Target target)
            throws IOException, InterruptedException {
        try (var client = new LineClient(connection)) {
            var line = client.line(plan);
            if (line.isEmpty()) return Optional.empty();
            var base = line.get().base();
            if (!(fetched(client, plan, base, Optional.empty(), target.of(base)) instanceof Found.Code found))
                return Optional.empty();
            if (result.isEmpty()) return Optional.of(found.code());
            var bundle = client.bundle(plan, result, Optional.of(base.commit()));
            if (bundle.isEmpty()) {
                found.code().close();
                return Optional.empty();
            }
            LineBundle.read(bundle.get(), found.code().code);
            return Optional.of(found.code());
        }
    }

    private static Found fetched(LineClient client, PlanId plan, BaseCommit base, Optional<String> result, Path target)
            throws IOException, InterruptedException {
        var temporary = TemporaryFolder.create("code");
        var code = CodeRepository.open(temporary.path().resolve("git"));
        boolean isKept = false;
        try {
            var have = Optional.<String>empty();
            if (UserRepository.find(target) instanceof UserRepository.Found.InRepository in) {
                in.repository().lendTo(code);
                if (in.repository().has(base.commit())) have = Optional.of(base.commit());
            }
            var bundle = client.bundle(plan, result, have);
            if (bundle.isEmpty()) return new Found.Unknown();
            var line = new PlanLine(base, LineBundle.read(bundle.get(), code).head());
            isKept = true;
            return new Found.Code(new PlanCode(plan, line, code, target, temporary));
        } finally {
            if (!isKept) {
                code.close();
                temporary.close();
            }
        }
    }

    /** Reads the code from a data folder, of which no system is running. */
    public static Found ofFolder(Path dataFolder, PlanId plan, Target target) throws IOException {
        var folder = LineFolder.of(dataFolder, plan);
        if (LineFolder.base(folder).isEmpty()) return new Found.Unknown();
        var code = CodeRepository.open(folder);
        boolean isKept = false;
        try {
            var line = LineFolder.line(code);
            if (line.isEmpty()) return new Found.Unknown();
            if (line.get().isEmpty()) return new Found.NothingMerged();
            isKept = true;
            return new Found.Code(
                    new PlanCode(plan, line.get(), code, target.of(line.get().base()), null));
        } finally {
            if (!isKept) code.close();
        }
    }

    CodeRepository repository() {
        return code;
    }

    PlanLine line() {
        return line;
    }

    /** Id of the plan. */
    public PlanId plan() {
        return plan;
    }

    /** Ids of the tasks whose work it has. */
    public Set<String> tasks() throws IOException {
        return line.tasks(code);
    }

    /** Where the result belongs. */
    public Path target() {
        return target;
    }

    /** Writes a branch into the repository where the result belongs. */
    public AppliedLine.Outcome toBranch(LineApply.Options options) throws IOException, InterruptedException {
        return switch (UserRepository.find(target)) {
            case UserRepository.Found.InRepository in -> LineApply.toBranch(code, line, plan, in.repository(), options);
            case UserRepository.Found.InNone none -> new AppliedLine.Outcome.Refused(none.refusal());
        };
    }

    /** Writes into the working tree where the result belongs, which has to be clean. */
    public AppliedLine.Outcome toWorkTree() throws IOException, InterruptedException {
        return switch (UserRepository.find(target)) {
            case UserRepository.Found.InRepository in -> LineApply.toWorkTree(code, line, plan, in.repository());
            case UserRepository.Found.InNone none -> new AppliedLine.Outcome.Refused(none.refusal());
        };
    }

    /** The patches as one mailbox. */
    public LinePatch.Written mailbox() throws IOException, InterruptedException {
        return LinePatch.mailbox(code, line, ofUser());
    }

    /** The patches as files in a folder. */
    public LinePatch.Written patches(Path folder) throws IOException, InterruptedException {
        return LinePatch.files(code, line, ofUser(), folder);
    }

    private Optional<UserRepository> ofUser() throws IOException, InterruptedException {
        return UserRepository.find(target) instanceof UserRepository.Found.InRepository in
                ? Optional.of(in.repository())
                : Optional.empty();
    }

    /** What the plan changed. */
    public byte[] difference(PlanDifference.Form form, boolean coloured) throws IOException, InterruptedException {
        return PlanDifference.ofPlan(code, line, form, coloured);
    }

    /** What a result changes in the code that it started from: that of {@link #ofResult}. */
    public byte[] differenceOfResult(PlanDifference.Form form, boolean coloured)
            throws IOException, InterruptedException {
        return PlanDifference.ofResult(code, line.head(), form, coloured);
    }

    /** What a task changed; empty if nothing of it is merged. */
    public Optional<byte[]> difference(TaskId task, PlanDifference.Form form, boolean coloured)
            throws IOException, InterruptedException {
        return PlanDifference.ofTask(code, line, task.value(), form, coloured);
    }

    @Override
    public void close() throws IOException {
        code.close();
        if (temporary != null) temporary.close();
    }
}
