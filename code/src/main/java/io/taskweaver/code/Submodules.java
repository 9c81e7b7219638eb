package io.taskweaver.code;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.IndexDiff;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.submodule.SubmoduleWalk;
import org.eclipse.jgit.treewalk.AbstractTreeIterator;
import org.eclipse.jgit.treewalk.FileTreeIterator;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/**
 * Repositories in a work tree that are submodules of the code. Whoever worked there has configured them, and Git would run
 * programs that this names: they are read without it.
 *
 * @param root folder of the work tree
 * @param paths where {@code .gitmodules} has submodules
 */
record Submodules(Path root, Set<String> paths) {
    /** What a submodule is at. */
    sealed interface At {
        /** A commit that others can fetch. */
        record Commit(String id) implements At {}

        /** Something that a result cannot say. */
        record Unusable(String why) implements At {}
    }

    /** Those of a work tree. */
    static Submodules of(Path root) throws IOException {
        var file = root.resolve(Constants.DOT_GIT_MODULES);
        return new Submodules(
                root,
                Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? paths(Files.readAllBytes(file)) : Set.of());
    }

    /** Where a {@code .gitmodules} has submodules. */
    static Set<String> paths(byte[] file) {
        var paths = new HashSet<String>();
        var modules = new Config();
        try {
            modules.fromText(new String(file, StandardCharsets.ISO_8859_1));
        } catch (ConfigInvalidException e) {
            return Set.of(); // Git does not find any in it, either.
        }
        for (var name : modules.getSubsections("submodule")) {
            var path = modules.getString("submodule", name, "path");
            if (path != null) paths.add(new String(path.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        }
        return Set.copyOf(paths);
    }

    /**
     * What the repository in a folder is at, which is in {@link #paths} or was a submodule before.
     *
     * @param before commit that it was at then: others have got that, wherever from
     */
    At at(String path, Optional<String> before) {
        try {
            return read(root.resolve(path), before);
        } catch (IOException | RuntimeException e) {
            // JGit believes what it reads, and whoever worked there may have written anything.
            return new At.Unusable("a submodule that cannot be read");
        }
    }

    private At read(Path folder, Optional<String> before) throws IOException {
        var data =
                new FileRepositoryBuilder().setWorkTree(folder.toFile()).setup().getGitDir();
        if (data == null || !data.isDirectory() || !data.toPath().toRealPath().startsWith(root.toRealPath()))
            return new At.Unusable("a repository of its own");
        try (var repository = new FileRepositoryBuilder()
                .setGitDir(data)
                .setWorkTree(folder.toFile())
                .build()) {
            var head = repository.resolve(Constants.HEAD);
            if (head == null) return new At.Unusable("a submodule without a commit");
            var difference = new IndexDiff(repository, Constants.HEAD, new Unfiltered(repository));
            difference.setIgnoreSubmoduleMode(SubmoduleWalk.IgnoreSubmoduleMode.ALL);
            difference.diff();
            if (!difference.getAdded().isEmpty()
                    || !difference.getChanged().isEmpty()
                    || !difference.getRemoved().isEmpty()
                    || !difference.getMissing().isEmpty()
                    || !difference.getModified().isEmpty()
                    || !difference.getConflicting().isEmpty()
                    || !difference.getUntracked().isEmpty())
                return new At.Unusable("a submodule with changes that are not committed in it");
            if (before.filter(head.name()::equals).isEmpty() && !isAtRemote(repository, head))
                return new At.Unusable("a submodule at commit "
                        + head.abbreviate(10).name() + ", which is on none of its remotes: nobody else could fetch it");
            return new At.Commit(head.name());
        }
    }

    /** Whoever worked there may have made tags, but does not fetch what is nowhere else. */
    private static boolean isAtRemote(Repository repository, ObjectId commit) throws IOException {
        try (var walk = new RevWalk(repository)) {
            var head = walk.parseCommit(commit);
            for (var reference : repository.getRefDatabase().getRefsByPrefix(Constants.R_REMOTES)) {
                var id = reference.getObjectId();
                if (id != null
                        && walk.peel(walk.parseAny(id)) instanceof RevCommit tip
                        && walk.isMergedInto(head, walk.parseCommit(tip))) return true;
            }
            return false;
        }
    }

    /** Files as they are: no program of the repository's configuration runs. */
    private static final class Unfiltered extends FileTreeIterator {
        Unfiltered(Repository repository) {
            super(repository);
        }

        private Unfiltered(Unfiltered parent, File folder, FS system) {
            super(parent, folder, system);
        }

        @Override
        protected AbstractTreeIterator enterSubtree() {
            return new Unfiltered(this, ((FileEntry) current()).getFile(), fs);
        }

        @Override
        public @Nullable String getCleanFilterCommand() {
            return null;
        }
    }
}
