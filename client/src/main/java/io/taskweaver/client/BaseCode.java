package io.taskweaver.client;

import io.taskweaver.code.BroughtFiles;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.CodeSnapshot;
import io.taskweaver.code.LikelySecrets;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.code.RemoteBranches;
import io.taskweaver.code.RemoteException;
import io.taskweaver.code.RemoteRepository;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.code.UserRepository;
import io.taskweaver.model.BaseCommit;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.wire.code.CodePacks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The code of a user as the base of a plan, in a temporary repository that is removed when this is closed. */
public final class BaseCode implements AutoCloseable {
    private final TemporaryFolder temporary;
    private final CodeRepository repository;
    private final BaseCommit commit;
    private final Optional<String> brought;

    private BaseCode(
            TemporaryFolder temporary, CodeRepository repository, BaseCommit commit, Optional<String> brought) {
        this.temporary = temporary;
        this.repository = repository;
        this.commit = commit;
        this.brought = brought;
    }

    /**
     * Takes the code of a folder as it is, what is not committed included.
     *
     * @param without files and folders that are not part of it
     * @throws IOException if it cannot be a base, or cannot be read; the message says what to do
     */
    public static BaseCode take(Path folder, Set<Path> without) throws IOException, InterruptedException {
        return in(repository -> CodeSnapshot.take(folder, without, repository));
    }

    /**
     * The same, with files that go with every work tree and are not part of the code, whether Git ignores them or not.
     *
     * @param bring files of the folder
     * @throws IOException if it cannot be a base, or cannot be read; the message says what to do
     */
    public static BaseCode take(Path folder, Set<Path> without, BroughtFiles bring)
            throws IOException, InterruptedException {
        var left = new HashSet<>(without);
        for (var path : bring.paths()) left.add(bring.root().resolve(path));
        var code = take(folder, left);
        if (bring.isEmpty()) return code;
        try {
            return new BaseCode(
                    code.temporary, code.repository, code.commit, Optional.of(bring.store(code.repository)));
        } catch (IOException | RuntimeException e) {
            code.close();
            throw e;
        }
    }

    /** The base of a plan that starts from nothing. */
    public static BaseCode nothing() throws IOException, InterruptedException {
        return in(CodeSnapshot::nothing);
    }

    private interface Taking {
        BaseCommit into(CodeRepository repository) throws IOException, InterruptedException;
    }

    private static BaseCode in(Taking taking) throws IOException, InterruptedException {
        var temporary = TemporaryFolder.create("base");
        var repository = CodeRepository.open(temporary.path().resolve("code.git"));
        try {
            return new BaseCode(temporary, repository, taking.into(repository), Optional.empty());
        } catch (IOException | InterruptedException | RuntimeException e) {
            repository.close();
            temporary.close();
            throw e;
        }
    }

    public BaseCommit commit() {
        return commit;
    }

    /** Files that look as if they hold secrets, and that are part of the code only because nothing ignores them. */
    public List<String> likelySecrets() throws IOException, InterruptedException {
        return LikelySecrets.in(repository, commit);
    }

    /** Commit of the files that go with every work tree; empty if there are none. */
    public Optional<String> brought() {
        return brought;
    }

    /**
     * The same, from which tasks start with files of an earlier run.
     *
     * @param files path to text
     */
    public BaseCode over(Map<String, String> files) throws IOException {
        var bytes = new TreeMap<String, byte[]>();
        files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return new BaseCode(temporary, repository, CodeSnapshot.overlaid(commit, bytes, repository), brought);
    }

    /** Whether it has work that is not committed in the repository that it was taken from; true if that is none. */
    public boolean isUncommitted() throws IOException, InterruptedException {
        return !(user() instanceof UserRepository.Found.InRepository in)
                || RemoteBranches.isUncommitted(in.repository(), commit.commit());
    }

    /**
     * Pushes it to a repository that agents of the plan work on, out of the user's, which has its history. What
     * {@link #brought} names stays here.
     *
     * @throws RemoteException if that is impossible
     */
    public void pushTo(CodeRemote remote, PlanId plan) throws IOException, InterruptedException {
        if (user() instanceof UserRepository.Found.InRepository in)
            RemoteBranches.pushBase(
                    new RemoteRepository(remote, RemoteAccess.ofProcess()),
                    in.repository(),
                    repository,
                    plan,
                    commit.start());
    }

    private UserRepository.Found user() throws IOException, InterruptedException {
        return UserRepository.find(Path.of(commit.folder()));
    }

    /** The events that carry it to the services. */
    List<CodeObjects> events(PlanId plan, Instant at) {
        try {
            var events = new ArrayList<>(CodePacks.of(
                    plan, commit.commit(), true, repository.pack(commit.commit(), List.of()), at, Optional.empty()));
            if (!commit.start().equals(commit.commit()))
                events.addAll(CodePacks.of(
                        plan,
                        commit.start(),
                        false,
                        repository.pack(commit.start(), List.of(repository.treeOf(commit.commit()))),
                        at,
                        Optional.empty()));
            if (brought.isPresent())
                events.addAll(CodePacks.of(
                        plan, brought.get(), false, repository.pack(brought.get(), List.of()), at, Optional.empty()));
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        repository.close();
        try {
            temporary.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
